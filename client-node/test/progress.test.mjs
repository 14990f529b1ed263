import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createStreams, currentLsn, SURFACES } from "../index.mjs";
import { connectionRefused, FakePostgres } from "./support/fake-postgres.mjs";
import { FakeRedis } from "./support/fake-redis.mjs";
import { connect } from "./support/redis-client.mjs";

const PROGRESS = "from streams.pipeline_progress";
const after = (ms, act) => setTimeout(act, ms);

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

const at = (surface, lsn) => server.hashes.set("progress", { ...server.hashes.get("progress"), [surface]: lsn });

test("a surface that has passed is seen at once, one that has not after it has", async () => {
  at("feeds.redis", "0/200");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  assert.equal(await progress.waitFor("feeds.redis", "0/200"), true);
  after(40, () => at("feeds.redis", "1/0"));
  assert.equal(await progress.waitFor("feeds.redis", "0/FFFFFFFF"), true);
  assert.equal(await progress.visibleLsn("feeds.redis"), "1/0");
});

test("what never comes is false after the time-out", async () => {
  at("feeds.redis", "0/200");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  const start = performance.now();
  assert.equal(await progress.waitFor("feeds.redis", "0/201", { timeout: 100 }), false);
  assert.ok(performance.now() - start >= 95);
});

test("a thousand who wait share one poller, and are woken when theirs has passed", async () => {
  at("counters.redis", "0/0");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  const from = server.pipelines;
  const start = performance.now();
  const woken = [];
  const waits = Array.from({ length: 1_000 }, (_, i) =>
    progress.waitFor("counters.redis", `0/${(i + 1).toString(16)}`, { timeout: 20_000 }).then((seen) => seen && woken.push(i + 1)),
  );
  at("counters.redis", "0/64"); // 100
  while (woken.length < 100) await new Promise((resolve) => after(5, resolve));
  await new Promise((resolve) => after(50, resolve));
  assert.deepEqual([woken.length, Math.max(...woken)], [100, 100]);
  at("counters.redis", "0/3E8");
  await Promise.all(waits);
  assert.equal(woken.length, 1_000);
  const most = 2 + (performance.now() - start) / 20;
  assert.ok(server.pipelines - from <= most, `${server.pipelines - from} looks`);
  assert.equal(postgres.asked.length, 0);
});

test("nobody waits, nobody looks", async () => {
  at("counters.redis", "0/200");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  await progress.waitFor("counters.redis", "0/100");
  const from = server.pipelines;
  await new Promise((resolve) => after(100, resolve));
  assert.equal(server.pipelines, from);
});

test("while Redis is away the table is read, in short statements", async () => {
  at("search.posts", "0/100");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  let position = "0/100";
  postgres.on(PROGRESS, ([surface]) => [{ lsn: surface === "search.posts" ? position : null }]);
  await server.stop();
  after(120, () => (position = "0/200"));
  assert.equal(await progress.waitFor("search.posts", "0/200"), true);
  assert.ok(postgres.count(PROGRESS) >= 2 && postgres.count(PROGRESS) <= 6, `${postgres.count(PROGRESS)} statements`);
  await server.start();
});

test("Redis dies while somebody waits: the wait goes on in Postgres", async () => {
  at("search.posts", "0/100");
  postgres.on(PROGRESS, [{ lsn: "0/200" }]);
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  after(50, () => server.stop());
  assert.equal(await progress.waitFor("search.posts", "0/200"), true);
  await server.start();
});

test("a Redis that has lost its data shows nothing, whatever Postgres remembers of it", async () => {
  postgres.on(PROGRESS, [{ lsn: "0/200" }]);
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  assert.equal(await progress.waitFor("counters.redis", "0/100", { timeout: 60 }), false);
  assert.equal(await progress.waitFor("search.posts", "0/100", { timeout: 60 }), true);
});

test("a surface that went back is not answered from an older look", async () => {
  at("counters.redis", "0/200");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  assert.equal(await progress.waitFor("counters.redis", "0/200"), true);
  at("counters.redis", "0/100");
  assert.equal(await progress.waitFor("counters.redis", "0/200", { timeout: 60 }), false);
});

test("a wait that no store could answer fails at its end, and one that could meanwhile does not", async () => {
  postgres.on(PROGRESS, () => Promise.reject(connectionRefused()));
  const { progress } = createStreams({ postgres });
  await assert.rejects(progress.waitFor("search.posts", "0/100", { timeout: 120 }), { code: "POSTGRES_UNAVAILABLE" });
  after(60, () => postgres.on(PROGRESS, [{ lsn: "0/100" }]));
  assert.equal(await progress.waitFor("search.posts", "0/100"), true);
});

test("who gives up waiting is let go, and others wait on", async () => {
  at("counters.redis", "0/100");
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  const controller = new AbortController();
  const other = progress.waitFor("counters.redis", "0/200");
  const gone = progress.waitFor("counters.redis", "0/200", { signal: controller.signal });
  controller.abort();
  await assert.rejects(gone, { name: "AbortError" });
  await assert.rejects(progress.waitFor("counters.redis", "0/200", { signal: controller.signal }), { name: "AbortError" });
  at("counters.redis", "0/200");
  assert.equal(await other, true);
});

test("the position is asked for after a commit, on whatever client", async () => {
  postgres.on("pg_current_wal_insert_lsn", [{ lsn: "16/B374D848" }]);
  assert.equal(await currentLsn(postgres), "16/B374D848");
});

test("an unknown surface or position is refused before anything waits", async () => {
  const { progress } = createStreams({ postgres, redis, redisTimeout });
  await assert.rejects(progress.waitFor("counters", "0/1"), { code: "INVALID_ARGUMENT" });
  await assert.rejects(progress.visibleLsn("counters"), { code: "INVALID_ARGUMENT" });
  await assert.rejects(progress.waitFor("feeds.redis", "1"), { code: "INVALID_LSN" });
  assert.equal(SURFACES.length, 6);
});

test("a statement that takes too long is given up", async () => {
  postgres.on("pg_current_wal_insert_lsn", () => new Promise(() => {}));
  await assert.rejects(currentLsn(postgres, { timeout: 30 }), { code: "POSTGRES_UNAVAILABLE", message: /within 30 ms/ });
});

test("a hook of metrics that throws fails nothing", async () => {
  at("counters.redis", "0/100");
  const { progress } = createStreams({
    postgres,
    redis,
    redisTimeout,
    onMetric: () => {
      throw new Error("broken hook");
    },
  });
  assert.equal(await progress.waitFor("counters.redis", "0/1"), true);
});
