import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "redis";
import { parseCursor, TOP, writeCursor } from "../lib/feed-cursor.mjs";
import { readPage, sourceOf } from "../lib/feed-page.mjs";
import { Metrics } from "../lib/metrics.mjs";
import { RedisStore } from "../lib/redis-store.mjs";
import { readStoredFeed } from "../lib/stored-feed.mjs";
import { FakeRedis } from "./support/fake-redis.mjs";
import { History, START } from "./support/history.mjs";

// Through the real client of Redis and a server of maps; the tables are the truth itself.
const HISTORIES = Number(process.env.HISTORIES ?? 400);

let server;
let client;
let store;

before(async () => {
  server = await new FakeRedis().start();
  client = await createClient({ url: server.url }).connect();
  store = new RedisStore(client, { timeout: 10_000, metrics: new Metrics() });
});

after(async () => {
  client.destroy();
  await server.stop();
});

function read(history, below, size, { tables = history.tables(), between } = {}) {
  history.writeTo(server);
  const stored = async (from, window) => {
    const feed = await readStoredFeed(store, history.reader, from, window, size, { kinds: { users: history.kind, posts: history.kind } });
    between?.();
    return feed;
  };
  return readPage(stored, tables, below, size);
}

const ids = (rows) => rows.map((row) => row.id);

test("every page equals that of the tables", async () => {
  const sources = new Set();
  for (let seed = 0; seed < HISTORIES; seed++) {
    const history = new History(seed);
    const size = 1 + history.random.below(40);
    for (let below = TOP; below; ) {
      const page = await read(history, below, size);
      assert.deepEqual(ids(page.rows), ids(history.truthAfter(below, size)), `seed ${seed}, page of ${size} after ${writeCursor(below)}`);
      sources.add(sourceOf(page.rows, page.completeness));
      below = page.rows.length < size ? null : parseCursor(writeCursor(page.rows.at(-1)), history.kind);
    }
  }
  assert.deepEqual([...sources].sort(), ["MIXED", "REDIS", "SQL"]);
});

test("any place is a cursor", async () => {
  for (let seed = 0; seed < HISTORIES; seed++) {
    const history = new History(seed);
    const below = { at: BigInt(START + history.random.below(6)), id: history.id(history.random.below(2_000)) };
    assert.deepEqual(ids((await read(history, below, 10)).rows), ids(history.truthAfter(below, 10)), `seed ${seed}`);
  }
});

test("a feed that is trimmed or lost while it is read changes no page", async () => {
  for (let seed = 0; seed < HISTORIES; seed++) {
    const history = new History(seed);
    const between = () => {
      const mark = Math.max(history.feed.get("~") ?? 0, START + history.random.below(6));
      const rest = [...history.feed].filter(([, at]) => at > mark);
      history.feed = history.random.below(3) === 0 ? new Map() : new Map([...rest, ["~", mark]]);
      history.writeTo(server);
    };
    assert.deepEqual(ids((await read(history, TOP, 15, { between })).rows), ids(history.truthAfter(TOP, 15)), `seed ${seed}`);
  }
});

test("what is above the bound comes from Redis, and the rest from the tables", async () => {
  for (let seed = 0; seed < HISTORIES; seed++) {
    const history = new History(seed);
    const { rows, completeness } = await read(history, TOP, 20);
    const bound = completeness.bound === null ? TOP.at : BigInt(completeness.bound);
    for (const row of rows) {
      assert.equal(row.origin === "TABLE", row.at <= bound, `seed ${seed}, bound ${bound}`);
    }
  }
});

test("a post dated anew is on the page of its new position", async () => {
  for (const old of [START + 1, START + 900]) {
    const history = new History(1, "bigint");
    history.posts.clear();
    history.seen = new Set([2, 3]);
    history.pulled = new Set([2]);
    history.feed = new Map([["~", 0], ["99", old]]);
    for (let id = 1; id <= 60; id++) {
      history.posts.set(id, { id, author: 3, at: START + 10 * id, isShown: true });
      history.feed.set(String(id), START + 10 * id);
    }
    history.posts.set(99, { id: 99, author: 2, at: START + 455, isShown: true });
    history.timelines = new Map([[2, new Map([["~", 0], ["99", START + 455]])]]);
    const all = [];
    for (let below = TOP; below; ) {
      const { rows } = await read(history, below, 7);
      all.push(...rows);
      below = rows.length < 7 ? null : rows.at(-1);
    }
    assert.deepEqual(ids(all), ids(history.truth()), `from ${old}`);
  }
});

test("a whole feed needs no query of the tables", async () => {
  const history = new History(1, "bigint");
  history.feed = new Map([["~", 0]]);
  history.pulled.clear();
  const unasked = { shown: () => assert.fail(), newest: () => assert.fail() };
  const { rows, completeness } = await read(history, TOP, 20, { tables: unasked });
  assert.deepEqual(rows, []);
  assert.equal(sourceOf(rows, completeness), "REDIS");
});

test("a page with pulled authors takes two pipelines of Redis", async () => {
  const history = new History(1, "bigint");
  history.feed = new Map([["~", 0]]);
  history.pulled = new Set([2, 3, 5]);
  history.timelines = new Map([...history.pulled].map((author) => [author, new Map([["~", 0]])]));
  const from = server.pipelines;
  await read(history, TOP, 20);
  assert.equal(server.pipelines - from, 2);
});
