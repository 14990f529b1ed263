import { isOlder, TOP } from "./feed-cursor.mjs";
import { idOfRedis } from "./ids.mjs";

const SENTINEL = "~";

/** In the year 2255, the farthest score that Redis keeps exactly. What stands there may be of any later time. */
const FARTHEST = Number.MAX_SAFE_INTEGER;

const MEMBER = /^\d{1,19}$/;

/** The mark of a zset that lacks nothing at all; no post is as old as this. */
export const NOTHING_OLDER = 0n;

/** How much is read of each zset for a page; null: all there is. */
export const WINDOWS = [
  // enough for a page, with some that must not be shown
  { ofFeed: (size) => 3 * size, ofTimeline: (size) => size + Math.floor(size / 4) + 1 },
  { ofFeed: () => null, ofTimeline: () => null },
];

/**
 * Asks for the newest part of a zset below a cursor, and for its mark before and after: missing before, the zset is being
 * built; raised meanwhile, members may have been trimmed that were not read.
 */
export function askSlice(redis, key, below, limit) {
  const range = { BY: "SCORE", REV: true, ...(limit !== null && { LIMIT: { offset: 0, count: limit } }) };
  return Promise.all([
    redis.zScore(key, SENTINEL),
    redis.zRangeWithScores(key, Number(below.at), "-inf", range),
    redis.zScore(key, SENTINEL),
  ]);
}

/**
 * What the answer says: `entries` newest first; `mark`: above it the zset lacks nothing; `floor`: above it the entries
 * lack nothing. Null where the zset says nothing, as it has no sentinel. `posts` is the kind of their ids.
 */
export function decodeSlice([before, members, after], limit, below, posts = "bigint") {
  if (before === null || after === null) return null;
  const mark = newestOf(Math.max(before, after));
  const sentinel = members.findIndex(({ value }) => value === SENTINEL);
  const read = (sentinel < 0 ? members : members.slice(0, sentinel)).map(({ value, score }) => ({
    at: newestOf(score),
    id: postOf(value, posts),
  }));
  const reachesMark = sentinel >= 0 || limit === null || members.length < limit;
  const lowest = read.at(-1)?.at ?? mark;
  return {
    entries: read.filter((entry) => isOlder(entry, below) || (entry.at === TOP.at && below.at >= FARTHEST)),
    mark,
    // above the last entry only: Redis orders ties as text, so some of them may be cut off
    floor: reachesMark || lowest < mark ? mark : lowest,
  };
}

/** The newest created_at that a score may stand for. */
const newestOf = (score) => (score < FARTHEST ? BigInt(Math.trunc(score)) : TOP.at);

function postOf(member, kind) {
  if (kind !== "bigint") return idOfRedis(member, "post", kind);
  if (!MEMBER.test(member)) throw new Error(`'${member}' is no post's id`);
  return BigInt(member);
}
