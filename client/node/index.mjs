// A page of a feed, as docs/feeds-reading.md describes it. Try it on a local stack:
//   npm ci && eval "$(../../streams env)" && export POSTGRES_URL REDIS_URL && node index.mjs 7 [CURSOR]
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { createClient } from "redis";

const sql = (name) => readFile(new URL(`../src/main/resources/com/shareuptime/streams/client/${name}.sql`, import.meta.url), "utf8");
const [SHOWN, NEWEST] = (await Promise.all([sql("shown"), sql("newest")])).map(
  (posts) => `
    select p.id, p.author_id, p.content, p.position, coalesce(c.likes_count, 0) as likes,
           coalesce(c.comments_count, 0) as comments, coalesce(c.shares_count, 0) as shares
    from (${posts}) p
    left join streams.counters c on c.target_type = 'post' and c.target_id = p.id and c.deleted_at is null
    order by p.created_at desc, p.id desc`,
);

const SENTINEL = "~";
const TOP = { at: 9223372036854775807n, id: 9223372036854775807n }; // above every post: one dated infinity, the highest id
const FARTHEST = Number.MAX_SAFE_INTEGER; // in 2255, the farthest score: what is there may be of any later time
const ofScore = (score) => (score < FARTHEST ? BigInt(score) : TOP.at);
const above = (at) => ({ at, id: TOP.id });
const isOlder = (a, b) => a.at < b.at || (a.at === b.at && a.id < b.id);
const newestFirst = (a, b) => (isOlder(a, b) ? 1 : -1);
const highest = (numbers) => numbers.reduce((a, b) => (a > b ? a : b));

// One zset below a cursor. The mark is read before and after the entries: missing before, the zset is being built;
// raised meanwhile, entries may have been trimmed that were not read.
function ask(redis, key, below, limit) {
  const range = { BY: "SCORE", REV: true, ...(limit && { LIMIT: { offset: 0, count: limit } }) };
  return Promise.all([
    redis.zScore(key, SENTINEL),
    redis.zRangeWithScores(key, Number(below.at), "-inf", range),
    redis.zScore(key, SENTINEL),
  ]);
}

// Entries newest first; mark: above it the zset lacks nothing; floor: above it the entries lack nothing.
function slice([before, found, after], from, below, limit) {
  if (before === null || after === null) return null;
  const mark = ofScore(Math.max(before, after));
  const end = found.findIndex(({ value }) => value === SENTINEL);
  const read = (end < 0 ? found : found.slice(0, end)).map(({ value, score }) => ({ at: ofScore(score), id: BigInt(value), from }));
  const reachesMark = end >= 0 || !limit || found.length < limit;
  // above the last entry only: Redis orders ties as text, so some of them may be cut off
  const floor = reachesMark ? mark : highest([mark, read.at(-1).at]);
  return { mark, floor, entries: read.filter((entry) => isOlder(entry, below) || (entry.at === TOP.at && below.at >= FARTHEST)) };
}

// What Redis holds below a cursor, or null where that is not complete.
async function stored(redis, user, below, feedLimit, timelineLimit) {
  // commands of one turn of the event loop go out as one pipeline
  const [feed, authors] = await Promise.all([
    ask(redis, `feed:{${user}}`, below, feedLimit),
    redis.sMembers(`pull:{${user}}`), // after the feed: an author is put here before the feed goes without them
  ]);
  const own = slice(feed, "PUSH", below, feedLimit);
  if (!own) return null; // here a service asks for a rebuild
  const timelines = await Promise.all(authors.map((author) => ask(redis, `timeline:{${author}}`, below, timelineLimit)));
  const slices = [own, ...timelines.map((timeline) => slice(timeline, "PULL", below, timelineLimit))];
  if (slices.includes(null)) return null;
  const floor = highest(slices.map((s) => s.floor));
  const candidates = new Map();
  for (const entry of slices.flatMap((s) => s.entries)) {
    // of a post that was dated anew, the newest position that any zset holds: its own is that or older
    if (entry.at > floor && !(candidates.get(entry.id)?.at >= entry.at)) candidates.set(entry.id, entry);
  }
  return { floor, bound: highest(slices.map((s) => s.mark)), candidates: [...candidates.values()].sort(newestFirst) };
}

const entry = (row, from) => ({ ...row, cursor: `${row.position}_${row.id}`, from });
const position = (row) => ({ at: BigInt(row.position), id: BigInt(row.id) });

/** One page after the cursor `after` (as a page gave it); `next` is null at the end. */
export async function readFeed({ redis, postgres }, user, { after, size = 20 } = {}) {
  const [at, id] = after ? after.split("_") : [];
  let below = after ? { at: BigInt(at), id: BigInt(id) } : TOP;
  let isEnd = false;
  const page = [];

  // the top first, then, if too much of it may not be shown, all there is
  for (const [feedLimit, timelineLimit] of [[3 * size, size + size / 4 + 1], []]) {
    const feed = await stored(redis, user, below, feedLimit, timelineLimit && Math.floor(timelineLimit)).catch(() => null);
    if (!feed) break;
    let candidates = feed.candidates;
    let loaded = [];
    while (candidates.length > 0 && page.length < size) {
      const wanted = Math.ceil((size - page.length) * 1.25);
      const from = new Map(candidates.slice(0, wanted).map((c) => [c.id, c.from]));
      candidates = candidates.slice(wanted);
      const { rows } = await postgres.query(SHOWN, [user, [...from.keys()]]);
      loaded.push(
        ...rows
          .filter((row) => position(row).at > feed.floor && isOlder(position(row), below))
          .map((row) => entry(row, from.get(BigInt(row.id)))),
      );
      loaded.sort((a, b) => newestFirst(position(a), position(b)));
      // a loaded post is shown when none that is not loaded can be newer: Redis may hold a newer position than its own
      const due = candidates.length ? loaded.findIndex((row) => isOlder(position(row), candidates[0])) : -1;
      page.push(...loaded.splice(0, Math.min(size - page.length, due < 0 ? loaded.length : due)));
    }
    if (isOlder(above(feed.floor), below)) below = above(feed.floor);
    isEnd = feed.floor <= 0n; // a mark of 0: there is nothing older
    if (page.length === size || feed.floor === feed.bound) break;
  }

  if (page.length < size && !isEnd) {
    const { rows } = await postgres.query(NEWEST, [user, below.at, below.id, size - page.length]);
    page.push(...rows.map((row) => entry(row, "TABLE")));
  }
  return { entries: page, next: page.length === size ? page.at(-1).cursor : null };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const postgres = new pg.Pool({ connectionString: process.env.POSTGRES_URL });
  // no offline queue: while Redis is away, a command fails at once and the tables answer
  const redis = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true, socket: { connectTimeout: 500 } });
  redis.on("error", () => {});
  await Promise.race([redis.connect(), new Promise((resolve) => setTimeout(resolve, 500))]).catch(() => {});
  const page = await readFeed({ redis, postgres }, process.argv[2], { after: process.argv[3] });
  console.log(JSON.stringify(page, null, 2));
  redis.destroy();
  await postgres.end();
}
