import { InvalidArgumentError } from "./errors.mjs";

const HIGHEST = 2n ** 63n - 1n;
const LOWEST = -(2n ** 63n);
const FORM = /^(-?\d{1,19})_(-?\d{1,19})$/;

// A place in a feed: {at, id}, both BigInt; `at` is a post's created_at in epoch microseconds. A page after a cursor
// begins with the first post that is older.

/** Above every post: that of a post dated infinity, and the highest id. */
export const TOP = Object.freeze({ at: HIGHEST, id: HIGHEST });

/** Below every post. */
export const BOTTOM = Object.freeze({ at: LOWEST, id: LOWEST });

/** Just above the posts of `at` and older. */
export const above = (at) => ({ at, id: HIGHEST });

export const isOlder = (a, b) => a.at < b.at || (a.at === b.at && a.id < b.id);
export const older = (a, b) => (isOlder(a, b) ? a : b);
export const newestFirst = (a, b) => (isOlder(a, b) ? 1 : isOlder(b, a) ? -1 : 0);

/** `MICROSECONDS_POSTID`: fit for a URL. */
export const writeCursor = ({ at, id }) => `${at}_${id}`;

export function parseCursor(text) {
  const parts = typeof text === "string" && FORM.exec(text);
  const cursor = parts && { at: BigInt(parts[1]), id: BigInt(parts[2]) };
  if (!cursor || [cursor.at, cursor.id].some((number) => number < LOWEST || number > HIGHEST)) {
    throw new InvalidArgumentError("INVALID_CURSOR", `'${String(text)}' is no cursor: give what a page had as next`);
  }
  return cursor;
}
