import { InvalidArgumentError } from "./errors.mjs";

const HIGHEST = 2n ** 63n - 1n;
const DECIMAL = /^\d{1,19}$/;

/**
 * An id as BigInt. Ids have 64 bits, of which a number of JavaScript holds 53: above them it may already have been
 * rounded to the id of something else, so it is refused.
 */
export function idOf(value, what = "id") {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) && value > 0) return BigInt(value);
    if (Number.isInteger(value) && value > 0) {
      throw invalid(`${what} ${value} is a number above 2^53, which may have been rounded: give a string or a BigInt`);
    }
  } else if (typeof value === "bigint") {
    if (value > 0n && value <= HIGHEST) return value;
  } else if (typeof value === "string" && DECIMAL.test(value)) {
    const id = BigInt(value);
    if (id > 0n && id <= HIGHEST) return id;
  }
  throw invalid(`${what} ${typeof value === "string" ? `'${value}'` : String(value)} is no whole number above 0 of 64 bits`);
}

/** An id from a URL or a message, as the string that results have; refuses what is none. */
export const parseId = (value, what) => String(idOf(value, what));

const invalid = (message) => new InvalidArgumentError("INVALID_ID", message);
