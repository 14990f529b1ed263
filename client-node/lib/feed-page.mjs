import { above, BOTTOM, isOlder, newestFirst, older } from "./feed-cursor.mjs";
import { NOTHING_OLDER, WINDOWS } from "./feed-zset.mjs";

/**
 * One page: Redis above its bound, filtered by truth; SQL below.
 *
 * @param stored gives what Redis holds: (below, window) → see readStoredFeed
 * @param posts the truth: shown(ids), newest(below, limit)
 */
export async function readPage(stored, posts, after, size) {
  const rows = [];
  let completeness;
  let below = after;
  let filteredEntries = 0;
  let isEnd = false;
  for (const window of WINDOWS) {
    const feed = await stored(below, window);
    completeness = feed.completeness;
    if (completeness.state !== "COMPLETE") break;
    filteredEntries += await show(feed, posts, below, size, rows);
    below = older(below, above(feed.floor));
    isEnd = feed.floor <= NOTHING_OLDER;
    if (rows.length === size || feed.isExhausted) break;
  }
  if (rows.length < size && !isEnd) {
    rows.push(...(await posts.newest(below, size - rows.length)));
  }
  return { rows, completeness, filteredEntries };
}

/**
 * Adds what may be shown until the page is full; posts are loaded in slices a little larger than what is wanted. A loaded
 * post is shown when none that is not loaded can be newer: Redis may hold a newer position than the row's own.
 *
 * Returns how many of the loaded may not be shown.
 */
async function show({ candidates, floor }, posts, below, size, rows) {
  let loaded = [];
  let filtered = 0;
  for (let from = 0; from < candidates.length && rows.length < size; ) {
    const wanted = size - rows.length;
    const to = Math.min(candidates.length, from + wanted + Math.floor(wanted / 4) + 1);
    const origins = new Map(candidates.slice(from, to).map(({ id, origin }) => [id, origin]));
    const shown = (await posts.shown([...origins.keys()])).filter((row) => row.at > floor && isOlder(row, below));
    filtered += origins.size - shown.length;
    loaded.push(...shown.map((row) => ({ ...row, origin: origins.get(row.id) })));
    loaded.sort(newestFirst);
    const next = to < candidates.length ? candidates[to] : BOTTOM;
    const notDue = loaded.findIndex((row) => !isOlder(next, row));
    const due = Math.min(size - rows.length, notDue < 0 ? loaded.length : notDue);
    rows.push(...loaded.splice(0, due));
    from = to;
  }
  return filtered;
}

/** Which stores a page came from; posts are loaded from the tables in any case. */
export function sourceOf(rows, completeness) {
  const fromTable = rows.filter((row) => row.origin === "TABLE").length;
  if (fromTable === 0) return rows.length === 0 && completeness.state !== "COMPLETE" ? "SQL" : "REDIS";
  return fromTable === rows.length ? "SQL" : "MIXED";
}
