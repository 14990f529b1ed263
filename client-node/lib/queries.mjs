import { readFileSync } from "node:fs";

// The same files as in the Java client: a test compares them.
const file = (name) => readFileSync(new URL(`../queries/${name}`, import.meta.url), "utf8");

/** SQL with parameters $1, $2, …, without its comments: they name parameters too. */
export const sql = (name) => file(`${name}.sql`).replace(/^--.*$/gm, "").trim();

/** A query of OpenSearch with places for values, as JSON. */
export const searchTemplate = (name) => JSON.parse(file(`search/${name}.json`));
