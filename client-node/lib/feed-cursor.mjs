import { InvalidArgumentError } from "./errors.mjs";
import { compareIds, idOf } from "./ids.mjs";

const HIGHEST = 2n ** 63n - 1n;
const LOWEST = -(2n ** 63n);
const FORM = /^(-?\d{1,19})_(.+)$/s;
const NUMBER = /^-?\d{1,19}$/;

// A place in a feed: {at, id}; `at` is a post's created_at in epoch microseconds, a BigInt, as is the id of a number or of
// a bound. A page after a cursor begins with the first post that is older.

/** Above every post: that of a post dated infinity, and the highest id. */
export const TOP = Object.freeze({ at: HIGHEST, id: HIGHEST });

/** Below every post. */
export const BOTTOM = Object.freeze({ at: LOWEST, id: LOWEST });

/** Just above the posts of `at` and older. */
export const above = (at) => ({ at, id: HIGHEST });

export const isOlder = (a, b) => a.at < b.at || (a.at === b.at && compareIds(a.id, b.id) < 0);
export const older = (a, b) => (isOlder(a, b) ? a : b);
export const newestFirst = (a, b) => (isOlder(a, b) ? 1 : isOlder(b, a) ? -1 : 0);

/** `MICROSECONDS_POSTID`: fit for a URL, unless ids are texts that are not. */
export const writeCursor = ({ at, id }) => `${at}_${id}`;

/** As a parameter, where a column has this kind; of a bound, too. */
export function sqlId(id, kind) {
  if (id !== HIGHEST || kind === "bigint") return String(id);
  return kind === "uuid" ? "ffffffff-ffff-ffff-ffff-ffffffffffff" : "\u{10FFFF}".repeat(64);
}

export function parseCursor(text, kind = "bigint") {
  const parts = typeof text === "string" && FORM.exec(text);
  const at = parts && BigInt(parts[1]);
  const id = parts && (kind === "bigint" ? numberOf(parts[2]) : otherOf(parts[2], kind));
  if (!parts || !isOf64Bits(at) || id === undefined) {
    throw new InvalidArgumentError("INVALID_CURSOR", `'${String(text)}' is no cursor: give what a page had as next`);
  }
  return { at, id };
}

const isOf64Bits = (number) => number >= LOWEST && number <= HIGHEST;

function numberOf(text) {
  const number = NUMBER.test(text) ? BigInt(text) : undefined;
  return number !== undefined && isOf64Bits(number) ? number : undefined;
}

function otherOf(text, kind) {
  try {
    return idOf(text, "post", kind);
  } catch {
    return undefined;
  }
}
