import { InvalidArgumentError } from "./errors.mjs";

// An id in here is a BigInt where ids are numbers, and else a string. Its kind is the type that it has in Postgres:
// "bigint", "uuid" or "text"; null where nobody could be asked, so that its own form decides.

const HIGHEST = 2n ** 63n - 1n;
const DECIMAL = /^\d{1,19}$/;
const OWN_NUMBER = /^[1-9]\d{0,18}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_BYTES = 255;

/**
 * An id of a kind. Numbers have 64 bits, of which a number of JavaScript holds 53: above them it may already have been
 * rounded to the id of something else, so it is refused.
 */
export function idOf(value, what = "id", kind = "bigint") {
  const read = { bigint: numberOf, uuid: uuidOf, text: textOf }[kind] ?? anyOf;
  const id = read(value, what);
  if (id !== undefined) return id;
  throw invalid(`${what} ${typeof value === "string" ? `'${value}'` : String(value)} is no ${FORMS[kind] ?? "id"}`);
}

const FORMS = { bigint: "whole number above 0 of 64 bits", uuid: "UUID", text: `text of 1 to ${MOST_BYTES} bytes` };

function numberOf(value, what) {
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
}

const uuidOf = (value) => (typeof value === "string" && UUID.test(value) ? value.toLowerCase() : undefined);

function textOf(value) {
  const isText = typeof value === "string" && value !== "" && Buffer.byteLength(value) <= MOST_BYTES;
  return isText && !value.includes("\0") && value.isWellFormed?.() !== false ? value : undefined;
}

function anyOf(value, what) {
  if (typeof value !== "string") return numberOf(value, what);
  return (OWN_NUMBER.test(value) ? numberOf(value, what) : undefined) ?? uuidOf(value) ?? textOf(value);
}

/** An id from a URL or a message, as the string that results have; refuses what is none. */
export const parseId = (value, what, kind) => String(idOf(value, what, kind));

/** Texts by their code points, as Postgres has them with collate "C"; a BigInt beside a text is a bound of all texts. */
export function compareIds(a, b) {
  if (a === b) return 0;
  if (typeof a === "bigint") return typeof b === "bigint" ? (a < b ? -1 : 1) : a > 0n ? 1 : -1;
  if (typeof b === "bigint") return b > 0n ? -1 : 1;
  return SURROGATE.test(a) || SURROGATE.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

/** In keys and members of Redis: what Redis or a feed would take for its own is written as in URLs. */
export const redisId = (id) => (typeof id === "bigint" ? String(id) : id.replace(ESCAPED, escape));

const ESCAPED = /[{}%\x00-\x1f\x7f]|^~/g;
const escape = (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/** Reads what redisId wrote. */
export function idOfRedis(text, what, kind) {
  if (kind !== "text" || !text.includes("%")) return idOf(text, what, kind);
  try {
    return idOf(decodeURIComponent(text), what, kind);
  } catch {
    throw invalid(`${what} '${text}' is no id`);
  }
}

/** As JSON, by hand: JSON.stringify knows no numbers of 64 bits. */
export const jsonId = (id) => (typeof id === "bigint" ? String(id) : JSON.stringify(id));

const invalid = (message) => new InvalidArgumentError("INVALID_ID", message);
