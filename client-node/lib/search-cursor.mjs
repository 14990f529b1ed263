import { InvalidArgumentError } from "./errors.mjs";
import { idOf, jsonId } from "./ids.mjs";

// Where a page ended, as base64url of [order, now, rank, id]: what `./streams search` prints too.
//   now: time of the first page, the same on all, so that age weighs the same
//   rank: the last hit's score, or its created_at where the newest come first. The latter as a text: an index of an
//   earlier build sorts by nanoseconds, which JavaScript cannot hold

export function writeCursor({ sort, now, rank, id }) {
  const json = `[${JSON.stringify(sort)},${JSON.stringify(now)},${JSON.stringify(rank)},${jsonId(idOf(id, "id", null))}]`;
  return Buffer.from(json).toString("base64url");
}

export function parseCursor(text, sort) {
  try {
    const json = Buffer.from(text, "base64url").toString();
    const [of, now, rank, id] = JSON.parse(json.replace(/,(\d{1,19})\]$/, ',"$1"]'));
    const isRank = sort === "new" ? isTime(rank) : typeof rank === "number";
    if (of === sort && isTime(now) && isRank) return { sort, now, rank, id: String(idOf(id, "id", null)) };
  } catch {
    // it is none, whatever it is
  }
  throw new InvalidArgumentError("INVALID_CURSOR", `'${String(text)}' is no cursor of a page in the order ${sort}`);
}

const isTime = (text) => typeof text === "string" && /^[+-]?\d{4,6}-\d\d-\d\dT/.test(text);
