/** The blocks of JavaScript of a page, as one program. */
export const programOf = (page) => [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code).join("\n");
