import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createStreams, InvalidArgumentError, UnavailableError } from "../index.mjs";
import { connectionRefused, FakePostgres, sqlError } from "./support/fake-postgres.mjs";
import { FakeRedis } from "./support/fake-redis.mjs";
import { connect } from "./support/redis-client.mjs";

const COUNTERS = "from streams.counters";
const PROGRESS = "from streams.pipeline_progress";

/** Far above what a busy machine takes: no test here is about it but those that say so. */
const redisTimeout = 5_000;

let server;
let redis;
let postgres;

beforeEach(async () => {
  server = await new FakeRedis().start();
  redis = await connect(server);
  postgres = new FakePostgres();
});

afterEach(async () => {
  redis.destroy();
  await server.stop();
});

function likes(id, count, type = "post") {
  server.hashes.set(`counters:{${type}:${id}}`, { likes: String(count), comments: "2", shares: "1", v: "0000000000000000009" });
}

test("the counts of twenty posts come in one round trip", async () => {
  for (let id = 1; id <= 20; id++) likes(id, 100 + id);
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  const from = server.pipelines;
  const { counts, source } = await counters.many("post", Array.from({ length: 20 }, (_, i) => i + 1));
  assert.equal(server.pipelines - from, 1);
  assert.equal(source, "redis");
  assert.equal(counts.size, 20);
  assert.deepEqual(counts.get("20"), { likes: 120, comments: 2, shares: 1 });
});

test("what has no hash, or a deleted one, has no counts", async () => {
  server.hashes.set("counters:{reel:5}", { likes: "7", v: "1", deleted: "1" });
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  assert.deepEqual((await counters.one("post", 4)).counts, { likes: 0, comments: 0, shares: 0 });
  assert.deepEqual((await counters.one("reel", 5)).counts, { likes: 0, comments: 0, shares: 0 });
});

test("a counter that is added later comes along", async () => {
  server.hashes.set("counters:{post:4}", { likes: "7", saves: "3", v: "1" });
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  assert.deepEqual((await counters.one("post", 4)).counts, { likes: 7, comments: 0, shares: 0, saves: 3 });
});

test("a target is whatever the model counts for", async () => {
  server.hashes.set("counters:{user:7}", { followers: "3", v: "1" });
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  assert.equal((await counters.one("user", 7)).counts.followers, 3);
});

test("ids keep all their digits, in and out", async () => {
  const id = 9_007_199_254_740_993n;
  likes(id, 5);
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  const { counts } = await counters.many("post", [id, String(id)]);
  assert.deepEqual([...counts.keys()], ["9007199254740993"]);
  assert.equal(counts.get("9007199254740993").likes, 5);
  await assert.rejects(counters.one("post", 9007199254740992), { code: "INVALID_ID" });
});

test("while Redis is away Postgres answers, and Redis is left alone for a second", async () => {
  likes(42, 5);
  // as a pool answers whose owner has told pg to read bigint as BigInt
  postgres.on(COUNTERS, [{ id: "42", target_id: 42n, likes_count: 8n, comments_count: "3", shares_count: 0, saves_count: "1", version: "9" }]);
  const metrics = [];
  const { counters } = createStreams({ postgres, redis, redisTimeout, onMetric: (metric) => metrics.push(metric) });
  assert.equal((await counters.one("post", 42)).counts.likes, 5);
  await server.stop();
  for (let i = 0; i < 3; i++) {
    const { counts, source } = await counters.many("post", [42, 43]);
    assert.equal(source, "postgres");
    assert.deepEqual(counts.get("42"), { likes: 8, comments: 3, shares: 0, saves: 1 });
    assert.deepEqual(counts.get("43"), { likes: 0, comments: 0, shares: 0 });
  }
  assert.equal(metrics.filter(({ name }) => name === "streams_redis_failures").length, 1);
  assert.deepEqual(
    metrics.filter(({ name }) => name === "streams_counters_seconds").map(({ labels }) => labels.source),
    ["redis", "postgres", "postgres", "postgres"],
  );
  await server.start();
});

test("a Redis that does not answer costs one time-out, not one a read", async () => {
  postgres.on(COUNTERS, []);
  server.isSilent = true;
  const { counters } = createStreams({ postgres, redis });
  const start = performance.now();
  for (let i = 0; i < 20; i++) assert.equal((await counters.one("post", 42)).source, "postgres");
  assert.ok(performance.now() - start < 1_000, `took ${performance.now() - start} ms`);
});

test("without a client of Redis Postgres answers", async () => {
  postgres.on(COUNTERS, [{ id: "42", likes_count: "8", comments_count: "0", shares_count: "0" }]);
  const { counters } = createStreams({ postgres });
  assert.deepEqual(await counters.one("post", 42), { counts: { likes: 8, comments: 0, shares: 0 }, source: "postgres", fresh: undefined });
});

test("counters may be in another database", async () => {
  const sink = new FakePostgres().on(COUNTERS, []);
  await createStreams({ postgres, sink }).counters.one("post", 42);
  assert.equal(sink.count(COUNTERS), 1);
  assert.equal(postgres.asked.length, 0);
});

test("with both away the error says which and keeps its cause", async () => {
  postgres.on(COUNTERS, () => Promise.reject(connectionRefused()));
  await server.stop();
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  await assert.rejects(counters.one("post", 42), (error) => {
    assert.ok(error instanceof UnavailableError);
    assert.equal(error.code, "POSTGRES_UNAVAILABLE");
    assert.equal(error.store, "postgres");
    assert.equal(error.cause.code, "ECONNREFUSED");
    return true;
  });
  await server.start();
});

test("a table that is missing is not called an outage", async () => {
  postgres.on(COUNTERS, () => Promise.reject(sqlError("42P01", 'relation "streams.counters" does not exist')));
  await assert.rejects(createStreams({ postgres }).counters.one("post", 42), { code: "POSTGRES_REFUSED", name: "RefusedError" });
  postgres.on(COUNTERS, () => Promise.reject(sqlError("57P01", "terminating connection due to administrator command")));
  await assert.rejects(createStreams({ postgres }).counters.one("post", 42), { code: "POSTGRES_UNAVAILABLE" });
});

test("there are counters of posts and reels alone", async () => {
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  await assert.rejects(counters.one("Post}", 1), (error) => error instanceof InvalidArgumentError && error.code === "INVALID_ARGUMENT");
});

test("after a commit the counts that show it are read", async () => {
  likes(42, 5);
  server.hashes.set("progress", { "counters.redis": "0/100" });
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  setTimeout(() => {
    likes(42, 6);
    server.hashes.set("progress", { "counters.redis": "0/200" });
  }, 50);
  const { counts, fresh, source } = await counters.one("post", 42, { after: "0/1F0" });
  assert.deepEqual([counts.likes, fresh, source], [6, true, "redis"]);
});

test("what does not come in time is read as it is, and said not to be fresh", async () => {
  likes(42, 5);
  server.hashes.set("progress", { "counters.redis": "0/100" });
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  const { counts, fresh } = await counters.one("post", 42, { after: "0/1F0", timeout: 60 });
  assert.deepEqual([counts.likes, fresh], [5, false]);
});

test("without Redis a write is waited for where it is then read: in Postgres", async () => {
  await server.stop();
  let position = "0/100";
  postgres.on(COUNTERS, [{ id: "42", likes_count: "6", comments_count: "0", shares_count: "0" }]);
  postgres.on(PROGRESS, ([surface]) => [{ lsn: surface === "counters.postgres" ? position : "0/100" }]);
  setTimeout(() => (position = "0/200"), 50);
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  const start = performance.now();
  const { fresh, source } = await counters.one("post", 42, { after: "0/1F0", timeout: 10_000 });
  assert.deepEqual([fresh, source, position], [true, "postgres", "0/200"]);
  assert.ok(performance.now() - start < 8_000, "it did not wait for Redis first");
  await server.start();
});
