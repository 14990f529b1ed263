import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createStreams } from "../index.mjs";
import { connectionRefused, FakePostgres } from "./support/fake-postgres.mjs";
import { FakeRedis } from "./support/fake-redis.mjs";
import { connect } from "./support/redis-client.mjs";

const SHOWN = "where p.id = any";
const NEWEST = "with authors as";
const NEWEST_AT = 1_700_000_000_123_456;
const redisTimeout = 5_000;

let server;
let redis;
let postgres;
let requests;
let metrics;

const row = (id) => ({
  post_id: String(id),
  author_id: "9007199254740993",
  content: `post ${id}`,
  position: String(NEWEST_AT - 100 + Number(id)),
  likes_count: "5",
  comments_count: null,
  shares_count: 1n,
});

// posts 100 down to 1
beforeEach(async () => {
  server = await new FakeRedis().start();
  redis = await connect(server);
  requests = [];
  metrics = [];
  const older = (at, id, post) => BigInt(post.position) < BigInt(at) || (post.position === at && BigInt(post.post_id) < BigInt(id));
  const below = (at, id, limit) =>
    Array.from({ length: 100 }, (_, i) => row(100 - i)).filter((post) => older(at, id, post)).slice(0, limit);
  postgres = new FakePostgres()
    .on(SHOWN, ([, ids]) => ids.filter((id) => id <= 100).map(row))
    .on(NEWEST, ([, at, id, limit]) => below(at, id, limit));
});

afterEach(async () => {
  redis.destroy();
  await server.stop();
});

const streams = (options = {}) =>
  createStreams({
    postgres,
    redis,
    redisTimeout,
    requestRebuild: (request) => requests.push(request.key),
    onMetric: (metric) => metrics.push(metric),
    ...options,
  });

function push(key, from, to, mark) {
  const zset = new Map([["~", mark]]);
  for (let id = from; id <= to; id++) zset.set(String(id), NEWEST_AT - 100 + id);
  server.zsets.set(key, zset);
}

const ids = (page) => page.entries.map(({ id }) => Number(id));
const down = (from, to) => Array.from({ length: from - to + 1 }, (_, i) => from - i);

test("a page says where each entry came from", async () => {
  push("feed:{7}", 91, 100, NEWEST_AT - 10);
  const page = await streams().feed.page(7);
  assert.deepEqual(ids(page), down(100, 81));
  assert.equal(page.source, "MIXED");
  assert.deepEqual(page.entries[0], {
    id: "100",
    authorId: "9007199254740993",
    content: "post 100",
    createdAt: new Date("2023-11-14T22:13:20.123Z"),
    createdAtMicros: "1700000000123456",
    counts: { likes: 5, comments: 0, shares: 1 },
    origin: "PUSH",
    cursor: "1700000000123456_100",
  });
  assert.deepEqual([page.entries[9].origin, page.entries[10].origin], ["PUSH", "TABLE"]);
  assert.equal(page.completeness.bound, String(NEWEST_AT - 10));
  assert.deepEqual(requests, []);
  const told = metrics.map(({ name, labels }) => [name, ...Object.values(labels)].join(" "));
  assert.deepEqual(told, ["streams_feed_page_seconds MIXED COMPLETE", "streams_feed_entries PUSH", "streams_feed_entries TABLE"]);
});

test("pages follow each other by their cursors, to the end", async () => {
  push("feed:{7}", 91, 100, NEWEST_AT - 10);
  const read = [];
  let pages = 0;
  for (let after; after !== null; pages++) {
    const page = await streams().feed.page("7", { after, size: 30 });
    read.push(...ids(page));
    after = page.next;
  }
  assert.deepEqual(read, down(100, 1));
  assert.equal(pages, 4);
});

test("without a feed the tables answer, and one request is made", async () => {
  const { feed } = streams();
  for (let i = 0; i < 3; i++) {
    const page = await feed.page(7n);
    assert.deepEqual(ids(page), down(100, 81));
    assert.deepEqual([page.source, page.completeness.state], ["SQL", "NO_FEED"]);
  }
  assert.deepEqual(requests, ["user:7"]);
});

test("without a timeline the tables answer, and the author's is asked for", async () => {
  push("feed:{7}", 1, 100, 0);
  server.sets.set("pull:{7}", new Set(["9", "11"]));
  push("timeline:{11}", 1, 2, 0);
  server.zsets.set("timeline:{9}", new Map([["100", NEWEST_AT]]));
  const page = await streams().feed.page(7);
  assert.deepEqual(ids(page), down(100, 81));
  assert.deepEqual(page.completeness, { state: "NO_TIMELINE", bound: null, pulled: ["9", "11"], missing: ["9"] });
  assert.deepEqual(requests, ["author:9"]);
});

test("a feed that is mostly filtered is read through, and asked for", async () => {
  push("feed:{7}", 1, 200, 0);
  const page = await streams().feed.page(7);
  assert.deepEqual(ids(page), down(100, 81));
  assert.equal(page.source, "REDIS");
  assert.ok(page.filteredEntries >= 100);
  assert.deepEqual(requests, ["user:7"]);
});

test("while Redis is away the tables answer, and nothing is asked for", async () => {
  push("feed:{7}", 91, 100, NEWEST_AT - 10);
  await server.stop();
  const { feed } = streams();
  for (let i = 0; i < 3; i++) {
    const page = await feed.page(7);
    assert.deepEqual(ids(page), down(100, 81));
    assert.equal(page.completeness.state, "UNREACHABLE");
  }
  assert.deepEqual(requests, []);
  assert.equal(metrics.filter(({ name }) => name === "streams_redis_failures").length, 1);
  await server.start();
});

test("what is no feed counts as Redis away", async () => {
  server.strings.add("feed:{7}");
  const page = await streams().feed.page(7);
  assert.deepEqual(ids(page), down(100, 81));
  assert.equal(page.completeness.state, "UNREACHABLE");
});

test("a reader without Redis reads the tables", async () => {
  const page = await streams({ redis: undefined }).feed.page(7, { size: 100 });
  assert.deepEqual(ids(page), down(100, 1));
  assert.equal(page.completeness.state, "UNUSED");
});

test("counters may be in another database", async () => {
  const sink = new FakePostgres().on("from streams.counters", [{ id: "100", likes_count: "40", comments_count: "0", shares_count: "0" }]);
  const { entries } = await streams({ sink }).feed.page(7);
  assert.equal(entries[0].counts.likes, 40);
  assert.equal(sink.asked.length, 1);
  assert.ok(!postgres.asked.some(({ text }) => text.includes("streams.counters")));
});

test("without Postgres there is no page, and the error says so", async () => {
  postgres.on(NEWEST, () => Promise.reject(connectionRefused()));
  await assert.rejects(streams().feed.page(7), { code: "POSTGRES_UNAVAILABLE", message: /the feed of user 7/ });
  assert.deepEqual(metrics.at(-1).labels, { source: "NONE", state: "FAILED" });
});

test("a post dated infinity, or long ago, is in the page as any other", async () => {
  const dated = (id, position) => ({ ...row(id), position });
  postgres.on(NEWEST, [dated(1, "9223372036854775807"), dated(2, "-62117020799999997"), dated(3, "-9223372036854775808")]);
  const { entries } = await streams().feed.page(7, { size: 3 });
  assert.equal(entries[0].createdAt, null);
  assert.equal(entries[1].createdAt.toISOString(), "0001-08-04T00:00:00.000Z");
  assert.equal(entries[2].cursor, "-9223372036854775808_3");
});

test("who gives up waiting gets no page from the tables instead", async () => {
  const controller = new AbortController();
  server.isSilent = true;
  const page = streams().feed.page(7, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(page, { name: "AbortError" });
  assert.equal(postgres.count(SHOWN) + postgres.count(NEWEST), 0);
});

test("what is asked wrongly is refused", async () => {
  const { feed } = streams();
  for (const size of [0, 501, 1.5, "20"]) await assert.rejects(feed.page(7, { size }), { code: "INVALID_ARGUMENT" });
  await assert.rejects(feed.page(7, { after: "x" }), { code: "INVALID_CURSOR" });
  await assert.rejects(feed.page("seven"), { code: "INVALID_ID" });
  assert.throws(() => createStreams({ redis }).feed, { code: "INVALID_ARGUMENT", message: /no postgres/ });
});
