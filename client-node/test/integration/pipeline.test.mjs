// The package on a running stack with its jobs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createStreams, currentLsn, SURFACES } from "../../index.mjs";
import { contractFeed, lacksStack as skip, OPENSEARCH_URL, pool, redisClient, wholeFeed } from "../support/stack.mjs";

const word = `zeytin${Date.now()}`;
const timeout = 20_000;

let postgres;
let redis;
let streams;
let user;
let author;

before(async () => {
  if (skip) return;
  postgres = pool();
  redis = await redisClient();
  streams = createStreams({ postgres, redis, redisTimeout: 5_000, opensearchUrl: OPENSEARCH_URL });
  [user, author] = [await newUser("reader"), await newUser("author")];
  await postgres.query("insert into follows (follower_id, followee_id) values ($1, $2)", [user, author]);
});

after(async () => {
  if (skip) return;
  redis.destroy();
  await postgres.end();
});

async function newUser(name) {
  const { rows } = await postgres.query("insert into users (username, display_name) values ($1, $1) returning id::text", [`${name}${Math.random()}`]);
  return rows[0].id;
}

async function post(text) {
  const { rows } = await postgres.query("insert into posts (author_id, content) values ($1, $2) returning id::text", [author, text]);
  return rows[0].id;
}

const like = (target, by) => postgres.query("insert into likes (target_type, target_id, user_id) values ('post', $1, $2)", [target, by]);

test("each of twenty likes is in the count that is read after it, in Redis and in Postgres", { skip }, async () => {
  const target = await post("to be liked");
  const inPostgres = createStreams({ postgres });
  for (let likes = 1; likes <= 20; likes++) {
    await like(target, await newUser("fan"));
    const after = await currentLsn(postgres);
    const { counters } = likes % 5 === 0 ? inPostgres : streams;
    const read = await counters.one("post", target, { after, timeout });
    assert.deepEqual([read.counts.likes, read.fresh], [likes, true], `like ${likes} in ${read.source}`);
  }
});

test("a surface is waited for, each of the six", { skip }, async () => {
  await post("to be waited for");
  const lsn = await currentLsn(postgres);
  for (const surface of SURFACES) {
    assert.equal(await streams.progress.waitFor(surface, lsn, { timeout }), true, surface);
  }
});

test("a feed is what SQL says once its surface has passed the write", { skip }, async () => {
  for (let i = 0; i < 3; i++) {
    const id = await post(`post ${i}`);
    assert.equal(await streams.progress.waitFor("feeds.redis", await currentLsn(postgres), { timeout }), true);
    const { ids } = await wholeFeed(streams.feed, user, 7);
    assert.equal(ids[0], id);
    assert.deepEqual(ids, await contractFeed(postgres, user));
  }
});

test("users of the demo's traffic, if there was any, have the feeds that SQL says", { skip }, async () => {
  const { rows } = await postgres.query("select id::text from users order by id limit 40");
  await streams.progress.waitFor("feeds.redis", await currentLsn(postgres), { timeout });
  for (const { id } of rows) {
    assert.deepEqual((await wholeFeed(streams.feed, id, 50)).ids, await contractFeed(postgres, id), `user ${id}`);
  }
});

test("what is written is searched: by words, author, reader, order and page", { skip }, async () => {
  const ids = [];
  for (let i = 0; i < 5; i++) ids.unshift(await post(`${word} and olives ${i}`));
  await postgres.query("update posts set visibility = 'followers' where id = $1", [ids[0]]);
  assert.equal(await streams.progress.waitFor("search.posts", await currentLsn(postgres), { timeout }), true);
  const { search } = streams;
  const found = async (query) => (await search.page({ text: word, sort: "new", ...query })).hits.map(({ id }) => id);
  assert.deepEqual(await found(), ids.slice(1));
  assert.deepEqual(await found({ reader: { id: user, followed: [author] } }), ids);
  assert.deepEqual(await found({ reader: { id: author } }), ids);
  assert.deepEqual(await found({ author: { id: user } }), []);
  assert.deepEqual(await found({ author: { id: BigInt(author) } }), ids.slice(1));
  for (const sort of ["relevance", "hot", "new"]) {
    const paged = [];
    for await (const { hits } of search.pages({ text: word, sort, size: 2 })) paged.push(...hits.map(({ id }) => id));
    assert.deepEqual(paged.sort(), ids.slice(1).sort(), sort);
    const first = await search.page({ text: word, sort, size: 2 });
    const second = await search.page({ text: word, sort, size: 2, after: first.next });
    assert.deepEqual([...first.hits, ...second.hits].map(({ id }) => id).sort(), ids.slice(1).sort(), sort);
    assert.equal(first.total, 4);
    assert.equal(first.facets.authors[0].id, author);
  }
});

test("by meaning words alone decide while no document has a vector", { skip }, async () => {
  const vector = new Float32Array(384).fill(0.05);
  const page = await streams.search.page({ text: "olives", vector });
  assert.ok(page.hits.length > 0);
  assert.equal(page.next, null);
  if (!(await streams.search.hasVectors())) assert.deepEqual((await streams.search.page({ vector, meaning: "only" })).hits, []);
});

