import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createStreams } from "../index.mjs";
import { IdKinds, ofKinds } from "../lib/id-kinds.mjs";
import { sql } from "../lib/queries.mjs";
import { connectionRefused, FakePostgres } from "./support/fake-postgres.mjs";
import { FakeRedis } from "./support/fake-redis.mjs";
import { connect } from "./support/redis-client.mjs";

const KINDS = "pg_attribute";
const AUTHOR = "018f6e2c-9a1b-7cde-8f00-00000000000a";
const USER = "018f6e2c-9a1b-7cde-8f00-0123456789ab";
const POST = "018f6e2c-9a1b-7cde-8f00-0123456789ac";
const uuids = ["users", "posts", "reels"].map((name) => ({ name, type: "uuid" }));

let server;
let redis;

beforeEach(async () => {
  server = await new FakeRedis().start();
  redis = await connect(server);
});

afterEach(async () => {
  redis.destroy();
  await server.stop();
});

test("a database is asked once, and again after it failed", async () => {
  const postgres = new FakePostgres().on(KINDS, () => Promise.reject(connectionRefused()));
  const kinds = IdKinds.ofViews(postgres);
  await assert.rejects(kinds.get(), { code: "POSTGRES_UNAVAILABLE" });
  postgres.on(KINDS, [{ name: "posts", type: "uuid" }, { name: "users", type: "integer" }]);
  const [one] = await Promise.all([kinds.get(), kinds.get()]);
  assert.deepEqual(one, { users: "bigint", posts: "uuid", reels: "uuid", targets: "uuid" });
  assert.equal(postgres.asked.length, 2);
});

test("who can do without does not wait for it twice", async () => {
  const postgres = new FakePostgres().on(KINDS, () => Promise.reject(connectionRefused()));
  const kinds = IdKinds.ofCounters(postgres);
  assert.deepEqual([await kinds.getIfThere(), await kinds.getIfThere()], [null, null]);
  assert.equal(postgres.asked.length, 1);
});

test("of numbers a query is its file without the marks, and no mark is left of others", () => {
  for (const name of ["shown", "newest", "counters"]) {
    const of = (kind) => ofKinds(sql(name), { users: kind, posts: kind, reels: kind, targets: kind });
    assert.equal(of("bigint"), sql(name).replaceAll(/\/\*\w+\*\//g, ""));
    for (const kind of ["uuid", "text"]) assert.doesNotMatch(of(kind), /\/\*|bigint\[\]/);
  }
  assert.match(ofKinds(sql("newest"), { users: "text", posts: "text", targets: "text" }), /p\.id collate "C" desc/);
});

test("counts of UUIDs are in Redis and Postgres under them", async () => {
  const postgres = new FakePostgres()
    .on(KINDS, [{ name: "targets", type: "uuid" }])
    .on("streams.counters\nwhere", ([, ids]) => ids.map((id) => ({ id, likes_count: "8" })));
  server.hashes.set(`counters:{post:${POST}}`, { likes: "5", v: "1" });
  const inRedis = createStreams({ postgres, redis, redisTimeout: 5_000 }).counters;
  assert.deepEqual((await inRedis.one("post", POST.toUpperCase())).counts, { likes: 5, comments: 0, shares: 0 });
  await assert.rejects(inRedis.one("post", 42), { code: "INVALID_ID" });
  const inPostgres = createStreams({ postgres }).counters;
  assert.deepEqual((await inPostgres.many("post", [POST])).counts.get(POST), { likes: 8, comments: 0, shares: 0 });
  assert.match(postgres.asked.at(-1).text, /any \(\$2::uuid\[\]\)/);
});

test("without Postgres Redis answers for whatever may be an id", async () => {
  const postgres = new FakePostgres().on(KINDS, () => Promise.reject(connectionRefused()));
  server.hashes.set("counters:{post:a%7B}", { likes: "5" });
  const { counters } = createStreams({ postgres, redis, redisTimeout: 5_000 });
  assert.deepEqual((await counters.one("post", "a{")).counts, { likes: 5, comments: 0, shares: 0 });
});

test("a feed of UUIDs is read, and one that is missing is asked for", async () => {
  const requests = [];
  const row = { post_id: POST, author_id: AUTHOR, content: "", position: "1700000000000000" };
  const postgres = new FakePostgres()
    .on(KINDS, uuids)
    .on("where p.id = any", ([, ids]) => ids.map((id) => ({ ...row, post_id: id })))
    .on("with authors as", [row]);
  const { feed } = createStreams({ postgres, redis, redisTimeout: 5_000, requestRebuild: ({ value }) => requests.push(value) });
  const [entry] = (await feed.page(USER.toUpperCase())).entries;
  assert.deepEqual([entry.id, entry.authorId, entry.cursor], [POST, AUTHOR, `1700000000000000_${POST}`]);
  assert.deepEqual(requests, [`{"job":"feeds","action":"rebuild","user_id":"${USER}"}`]);
  const newest = postgres.asked.at(-1);
  assert.match(newest.text, /\$1::uuid .*\$3::uuid/s);
  assert.deepEqual(newest.values.slice(0, 3), [USER, "9223372036854775807", "ffffffff-ffff-ffff-ffff-ffffffffffff"]);

  server.zsets.set(`feed:{${USER}}`, new Map([[POST, 1_700_000_000_000_000], ["~", 0]]));
  const page = await feed.page(USER, { size: 1 });
  assert.deepEqual([page.source, page.entries[0].id], ["REDIS", POST]);
  server.sets.set(`pull:{${USER}}`, new Set([AUTHOR]));
  assert.deepEqual((await feed.page(USER)).completeness.missing, [AUTHOR]);
  assert.equal(requests.at(-1), `{"job":"feeds","action":"rebuild","author_id":"${AUTHOR}"}`);
  await assert.rejects(feed.page(7), { code: "INVALID_ID" });
  await assert.rejects(feed.page(USER, { after: "1700000000000000_7" }), { code: "INVALID_CURSOR" });
});
