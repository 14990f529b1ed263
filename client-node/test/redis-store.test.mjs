import assert from "node:assert/strict";
import { test } from "node:test";
import { Metrics } from "../lib/metrics.mjs";
import { REDIS_PAUSE, RedisStore } from "../lib/redis-store.mjs";

function store(client, timeout = 20) {
  const metrics = [];
  let now = 0;
  const redis = new RedisStore(client, { timeout, metrics: new Metrics((metric) => metrics.push(metric)), now: () => now });
  return { redis, metrics, pass: (ms) => (now += ms) };
}

test("after a failure Redis is not asked for a second, then once more", async () => {
  let asked = 0;
  let fails = true;
  const { redis, metrics, pass } = store({});
  const ask = () =>
    redis.ask("it", async () => {
      asked++;
      if (fails) throw new Error("broken");
      return "well";
    });
  await assert.rejects(ask(), { code: "REDIS_UNAVAILABLE", message: /it from Redis: broken/ });
  pass(REDIS_PAUSE - 1);
  await assert.rejects(ask(), { code: "REDIS_UNAVAILABLE", message: /less than a second ago/ });
  assert.equal(asked, 1);
  pass(1);
  await assert.rejects(ask(), /broken/);
  pass(REDIS_PAUSE);
  fails = false;
  assert.equal(await ask(), "well");
  assert.equal(await ask(), "well");
  assert.equal(asked, 4);
  assert.deepEqual(metrics.map(({ name }) => name), ["streams_redis_failures", "streams_redis_failures"]);
});

test("an answer that does not come in time is a failure", async () => {
  const { redis } = store({});
  await assert.rejects(redis.ask("it", () => new Promise(() => {})), { code: "REDIS_UNAVAILABLE", message: /no answer within 20 ms/ });
});

test("a client that is not connected is not given commands to queue", async () => {
  const { redis } = store({ isReady: false });
  await assert.rejects(redis.ask("it", () => assert.fail("asked")), { code: "REDIS_UNAVAILABLE", message: /not connected/ });
});

test("who gives up waiting is no failure of Redis", async () => {
  const { redis, metrics } = store({}, 1_000);
  const reason = new Error("the request was closed");
  const controller = new AbortController();
  const asked = redis.ask("it", () => new Promise(() => {}), { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(asked, (error) => error === reason);
  await assert.rejects(redis.ask("it", () => assert.fail("asked"), { signal: controller.signal }), (error) => error === reason);
  assert.deepEqual(metrics, []);
  assert.equal(await redis.ask("it", async () => "well"), "well");
});
