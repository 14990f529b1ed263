import { isOlder, newestFirst } from "./feed-cursor.mjs";
import { askSlice, decodeSlice } from "./feed-zset.mjs";
import { compareIds, idOfRedis, redisId } from "./ids.mjs";

const NONE = { bound: null, pulled: [], missing: [] };

/**
 * What Redis holds for a user below a cursor, in two pipelines: the feed and the timelines of those pulled. Never fails:
 * the tables know it all. `completeness.state` says why there is nothing else than `completeness`. `options.kinds` says what
 * ids are.
 */
export async function readStoredFeed(store, user, below, window, size, options) {
  if (!store.isConfigured) return { completeness: { state: "UNUSED", ...NONE } };
  try {
    return await read(store, user, below, window, size, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { completeness: { state: "UNREACHABLE", ...NONE } };
  }
}

async function read(store, user, below, window, size, options) {
  const feedLimit = window.ofFeed(size);
  const timelineLimit = window.ofTimeline(size);
  const { users, posts } = options.kinds ?? { users: "bigint", posts: "bigint" };
  const [feed, authors] = await store.ask(
    `the feed of user ${user}`,
    async (redis) => {
      const [answer, pulled] = await Promise.all([
        askSlice(redis, `feed:{${redisId(user)}}`, below, feedLimit),
        redis.sMembers(`pull:{${redisId(user)}}`), // after the feed: an author is put here before the feed goes without them
      ]);
      return [decodeSlice(answer, feedLimit, below, posts), pulled.map((author) => idOfRedis(author, "author", users))];
    },
    options,
  );
  if (!feed) return { completeness: { state: "NO_FEED", ...NONE } };
  const pulled = authors.sort(compareIds);
  const timelines =
    pulled.length === 0
      ? []
      : await store.ask(
          `${pulled.length} timelines`,
          async (redis) => {
            const answers = await Promise.all(pulled.map((author) => askSlice(redis, `timeline:{${redisId(author)}}`, below, timelineLimit)));
            return answers.map((answer) => decodeSlice(answer, timelineLimit, below, posts));
          },
          options,
        );
  return mergeSlices(feed, pulled, timelines);
}

/**
 * The answer of a feed that is there. `floor`: above it nothing is missing in the candidates; at `bound` a read of more
 * would find nothing more.
 */
export function mergeSlices(feed, pulled, timelines) {
  const names = pulled.map(String);
  const missing = names.filter((_, i) => timelines[i] === null);
  if (missing.length > 0) return { completeness: { state: "NO_TIMELINE", bound: null, pulled: names, missing } };
  const slices = [feed, ...timelines];
  const floor = highest(slices.map((slice) => slice.floor));
  const bound = highest(slices.map((slice) => slice.mark));
  return {
    completeness: { state: "COMPLETE", bound: String(bound), pulled: names, missing },
    floor,
    isExhausted: floor === bound,
    candidates: candidates(slices, floor),
  };
}

/**
 * All above the floor, each once, newest first. Of a post that was dated anew a zset that is no longer its author's source
 * may hold an older position or a newer one: the newest of all is no older than its own.
 */
function candidates(slices, floor) {
  const merged = new Map();
  slices.forEach((slice, i) => {
    for (const entry of slice.entries) {
      if (entry.at <= floor) continue;
      const other = merged.get(entry.id);
      if (!other || isOlder(other, entry)) merged.set(entry.id, { ...entry, origin: i === 0 ? "PUSH" : "PULL" });
    }
  });
  return [...merged.values()].sort(newestFirst);
}

const highest = (numbers) => numbers.reduce((a, b) => (a > b ? a : b));
