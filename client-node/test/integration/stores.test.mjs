// Postgres and Redis alone, without jobs: in a database of its own, and in the database 9 of Redis.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import pg from "pg";
import { createStreams, currentLsn } from "../../index.mjs";
import { History, READER } from "../support/history.mjs";
import { contractFeed, lacksStores as skip, pool, POSTGRES_URL, redisClient, wholeFeed } from "../support/stack.mjs";

const HISTORIES = Number(process.env.HISTORIES ?? 60);
const DATABASE = `streams_node_${process.pid}`;
const SQL = new URL("../../../sql/", import.meta.url);

let admin;
let postgres;
let redis;
const redisTimeout = 5_000;

before(async () => {
  if (skip) return;
  admin = pool();
  await admin.query(`create database ${DATABASE}`);
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${DATABASE}`;
  postgres = pool(url.href);
  await postgres.query(await readFile(new URL("base-schema.sql", SQL), "utf8"));
  await postgres.query("create schema if not exists streams");
  for (const side of ["source/", "sink/"]) {
    const folder = new URL(`migrations/${side}`, SQL);
    const version = (name) => Number(/^V(\d+)__/.exec(name)[1]);
    for (const name of (await readdir(folder)).sort((a, b) => version(a) - version(b))) {
      await postgres.query(await readFile(new URL(name, folder), "utf8"));
    }
  }
  redis = await redisClient(9);
});

after(async () => {
  if (skip) return;
  await redis.flushDb();
  redis.destroy();
  await postgres.end();
  await admin.query(`drop database ${DATABASE} with (force)`);
  await admin.end();
});

async function write(history) {
  await redis.flushDb();
  for (const [key, zset] of [[`feed:{${READER}}`, history.feed], ...[...history.timelines].map(([author, zset]) => [`timeline:{${author}}`, zset])]) {
    if (zset.size > 0) await redis.zAdd(key, [...zset].map(([value, score]) => ({ value, score })));
  }
  if (history.pulled.size > 0) await redis.sAdd(`pull:{${READER}}`, [...history.pulled].map(String));
  const users = Array.from({ length: 14 }, (_, i) => i + 1);
  // an author who is not followed is one who is followed no more, or never was
  await postgres.query("delete from users");
  await postgres.query(
    `insert into users (id, username, display_name, is_active) select id, 'user' || id, '', id <> ${READER} or $2 from unnest($1::bigint[]) id`,
    [users, history.seen.has(READER)],
  );
  const followed = [...history.seen].filter((author) => author !== READER);
  await postgres.query(`insert into follows (follower_id, followee_id) select ${READER}, id from unnest($1::bigint[]) id`, [followed]);
  const posts = [...history.posts.values()];
  await postgres.query(
    `insert into posts (id, author_id, content, created_at, is_deleted)
     select id, author, '', timestamptz 'epoch' + at / 1000000 * interval '1 second' + at % 1000000 * interval '1 microsecond', not shown
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[]) p (id, author, at, shown)`,
    [posts.map(({ id }) => id), posts.map(({ author }) => author), posts.map(({ at }) => at), posts.map(({ isShown }) => isShown)],
  );
}

test("feeds equal the contract's, on random histories", { skip }, async () => {
  const sources = new Set();
  for (let seed = 0; seed < HISTORIES; seed++) {
    const history = new History(seed, "bigint");
    await write(history);
    const { feed } = createStreams({ postgres, redis, redisTimeout });
    const size = 1 + history.random.below(40);
    const read = await wholeFeed(feed, READER, size);
    assert.deepEqual(read.ids, await contractFeed(postgres, READER), `seed ${seed}, pages of ${size}`);
    read.sources.forEach((source) => sources.add(source));
  }
  assert.deepEqual([...sources].sort(), ["MIXED", "REDIS", "SQL"]);
});

test("posts of any time are in every page", { skip }, async () => {
  await redis.flushDb();
  await postgres.query("delete from users");
  await postgres.query("insert into users (id, username, display_name) values (7, 'seven', ''), (9, 'nine', '')");
  await postgres.query("insert into follows (follower_id, followee_id) values (7, 9)");
  await postgres.query(`insert into posts (id, author_id, created_at) values
    (1, 9, 'infinity'), (2, 9, 'infinity'), (3, 9, '294276-12-31 23:59:59.999999+00'), (4, 9, '3000-01-01 00:00:00+00'),
    (5, 9, '2026-01-01 00:00:00+00'), (6, 9, '1970-01-01 00:00:00+00'), (7, 9, '1969-07-20 20:17:40+00'),
    (8, 9, '1815-06-18 11:30:00+00'), (9, 9, '0001-06-01 00:00:00.000003+00'), (10, 9, '0001-06-01 00:00:00.000001+00'),
    (11, 9, '0044-03-15 12:00:00+00 BC'), (12, 9, '4714-11-24 00:00:00+00 BC'), (13, 9, '-infinity'), (14, 9, '-infinity')`);
  const truth = await contractFeed(postgres, 7);
  const { feed } = createStreams({ postgres, redis, redisTimeout });
  for (let size = 1; size <= 15; size++) assert.deepEqual((await wholeFeed(feed, 7, size)).ids, truth, `tables, pages of ${size}`);
  const scores = [1, 2, 3, 4].map((id) => ({ value: String(id), score: Number.MAX_SAFE_INTEGER }));
  await redis.zAdd("feed:{7}", [...scores, { value: "5", score: 1_767_225_600_000_000 }, { value: "~", score: 1 }]);
  for (let size = 1; size <= 15; size++) assert.deepEqual((await wholeFeed(feed, 7, size)).ids, truth, `Redis, pages of ${size}`);
});

test("counts and progress are read as the pipeline writes them", { skip }, async () => {
  const id = "9007199254740993";
  await redis.flushDb();
  await redis.hSet(`counters:{post:${id}}`, { likes: "5", comments: "3", shares: "1", v: "0000000000000000001" });
  await redis.hSet("progress", { "counters.redis": "FFFFFFFF/0" });
  await postgres.query("insert into streams.counters (target_type, target_id, likes_count, comments_count, version) values ('post', $1, 6, 3, 1)", [id]);
  await postgres.query("insert into streams.counters (target_type, target_id, likes_count, version, deleted_at) values ('post', 5, 6, 1, now())");
  await postgres.query("insert into streams.pipeline_progress (surface, visible_lsn) values ('counters.postgres', '0/1')");
  const after = await currentLsn(postgres);
  const { counters } = createStreams({ postgres, redis, redisTimeout });
  assert.deepEqual(await counters.one("post", id, { after }), { counts: { likes: 5, comments: 3, shares: 1 }, source: "redis", fresh: true });
  const alone = createStreams({ postgres }).counters;
  setTimeout(() => postgres.query("update streams.pipeline_progress set visible_lsn = 'FFFFFFFF/0'"), 100);
  assert.deepEqual(await alone.one("post", id, { after }), { counts: { likes: 6, comments: 3, shares: 0 }, source: "postgres", fresh: true });
  assert.equal((await alone.one("post", 5)).counts.likes, 0);
});

test("a service that reads bigint as a number loses no digit of an id", { skip }, async () => {
  const types = { getTypeParser: (oid, format) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) };
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${DATABASE}`;
  const rounding = new pg.Pool({ connectionString: url.href, types });
  const [user, author, post] = ["9007199254740993", "9007199254740995", "9007199254740997"];
  await postgres.query("delete from users");
  await postgres.query("insert into users (id, username, display_name) values ($1, 'a', ''), ($2, 'b', '')", [user, author]);
  await postgres.query("insert into follows (follower_id, followee_id) values ($1, $2)", [user, author]);
  await postgres.query("insert into posts (id, author_id, created_at) values ($1, $2, '2026-01-31T23:33:34.123456Z')", [post, author]);
  const streams = createStreams({ postgres: rounding });
  const [entry] = (await streams.feed.page(user)).entries;
  assert.deepEqual([entry.id, entry.authorId, entry.cursor], [post, author, `1769902414123456_${post}`]);
  assert.deepEqual([...(await streams.counters.many("post", [post])).counts.keys()], [post]);
  await rounding.end();
});

test("a slow statement is given up, and does not hold the pool's connection", { skip }, async () => {
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${DATABASE}`;
  const one = new pg.Pool({ connectionString: url.href, max: 1 });
  one.on("error", () => {});
  one.on("connect", (client) => client.on("error", () => {})); // given up with its statement, it ends in its own time
  const slow = { query: (statement) => one.query({ ...statement, text: `${statement.text.trim()}, (select pg_sleep(30))` }) };
  await assert.rejects(currentLsn(slow, { timeout: 200 }), { code: "POSTGRES_UNAVAILABLE" });
  assert.match(await currentLsn(one, { timeout: 2_000 }), /^[0-9A-F]+\/[0-9A-F]+$/);
  await one.end();
});
