// Needs a running stack: eval "$(../../streams env)" && export POSTGRES_URL REDIS_URL OPENSEARCH_URL KAFKA_BOOTSTRAP
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { Wire } from "./wire.mjs";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL("..", import.meta.url));
const PACKAGE = join(HERE, "../../client-node");
const { POSTGRES_URL, REDIS_URL, OPENSEARCH_URL, KAFKA_BOOTSTRAP } = process.env;
const skip = !(POSTGRES_URL && REDIS_URL && OPENSEARCH_URL && KAFKA_BOOTSTRAP) && "no stack: see the first line of this file";

// ids that a number of JavaScript cannot hold
const USER = "9007199254740993";
const AUTHOR = "9007199254740995";
const word = `kahve${Date.now()}`;

let folder;
let wires;
let service;
let url;
let postgres;
let post;

before(async () => {
  if (skip) return;
  postgres = new pg.Pool({ connectionString: POSTGRES_URL });
  await postgres.query(
    `insert into users (id, username, display_name) values ($1::bigint, 'reader' || $1::bigint, 'Reader'), ($2::bigint, 'author' || $2::bigint, 'Author') on conflict do nothing`,
    [USER, AUTHOR],
  );
  await postgres.query("insert into follows (follower_id, followee_id) values ($1, $2) on conflict do nothing", [USER, AUTHOR]);
  for (let i = 0; i < 25; i++) {
    const { rows } = await postgres.query("insert into posts (author_id, content) values ($1, $2) returning id::text", [AUTHOR, `${word} number ${i}`]);
    post = rows[0].id;
  }
  wires = { postgres: new Wire(POSTGRES_URL), redis: new Wire(REDIS_URL), openSearch: new Wire(OPENSEARCH_URL) };
  await Promise.all(Object.values(wires).map((wire) => wire.mend()));
  await start();
});

/** The service with the package as its tarball has it, in a process of its own. */
async function start() {
  folder = await mkdtemp(join(tmpdir(), "express-service-"));
  await cp(HERE, folder, { recursive: true, filter: (path) => !/node_modules|test$/.test(path.slice(HERE.length)) });
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: PACKAGE });
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${JSON.parse(stdout)[0].filename}`], { cwd: folder });
  const env = { ...process.env, POSTGRES_URL: wires.postgres.url, REDIS_URL: wires.redis.url, OPENSEARCH_URL: wires.openSearch.url, PORT: "0" };
  service = spawn("node", ["server.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  [url] = await Promise.race([
    new Promise((resolve) => createInterface(service.stdout).once("line", (line) => resolve([line]))),
    new Promise((_, reject) => service.once("exit", (code) => reject(new Error(`the service ended with ${code}`)))),
  ]);
}

after(async () => {
  service?.kill();
  await Promise.all(Object.values(wires ?? {}).map((wire) => wire.cut().catch(() => {})));
  await postgres?.end();
  if (folder) await rm(folder, { recursive: true });
});

async function ask(path, { user = USER, ...options } = {}) {
  const response = await fetch(url + path, { headers: user ? { "x-user": user } : {}, ...options });
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
}

async function until(what, look) {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function follower() {
  const { rows } = await postgres.query("insert into users (username, display_name) values ($1, 'A user') returning id::text", [`user${Math.random()}`]);
  return rows[0].id;
}

async function like() {
  return ask(`/posts/${post}/likes`, { user: await follower(), method: "POST" });
}

const contract = async () => {
  const { rows } = await postgres.query(
    `select p.id::text from posts p join users a on a.id = p.author_id
     where (p.author_id = $1 or p.author_id in (select followee_id from follows where follower_id = $1 and status = 'accepted'))
       and a.is_active and not p.is_deleted and p.visibility in ('public', 'unlisted', 'followers')
     order by p.created_at desc, p.id desc`,
    [USER],
  );
  return rows.map(({ id }) => id);
};

async function wholeFeed() {
  const ids = [];
  const sources = [];
  for (let next = ""; next !== null; ) {
    const { status, body } = await ask(`/feed${next && `?after=${next}`}`);
    assert.equal(status, 200, JSON.stringify(body));
    ids.push(...body.entries.map(({ id }) => id));
    sources.push(body.source);
    next = body.next;
  }
  return { ids, sources };
}

test("a like is in the count that is answered", { skip }, async () => {
  const first = await like();
  assert.equal(first.status, 200, JSON.stringify(first.body));
  for (let i = 1; i <= 3; i++) {
    const { body } = await like();
    assert.equal(body.fresh, true);
    assert.equal(body.counts.likes, first.body.counts.likes + i);
  }
});

test("a feed is paged to its end, first from the tables, then from Redis", { skip }, async () => {
  const truth = await contract();
  assert.deepEqual((await wholeFeed()).ids, truth);
  // the request has said that the user is active, so the job builds the feed
  const { ids } = await until("a feed in Redis", async () => {
    const feed = await wholeFeed();
    return feed.sources[0] === "REDIS" && feed;
  });
  assert.deepEqual(ids, truth);
});

test("a search finds the posts with all digits of their author's id", { skip }, async () => {
  const { body } = await until("the posts in the index", async () => {
    const found = await ask(`/search?q=${word}`);
    return found.body.total >= 25 && found;
  });
  assert.equal(body.hits[0].author.id, AUTHOR);
  assert.match(body.hits[0].html, new RegExp(`<mark>${word}</mark> number`));
  assert.equal(body.facets.authors[0].id, AUTHOR);
  const second = await ask(`/search?q=${word}&after=${body.next}`);
  assert.equal(new Set([...body.hits, ...second.body.hits].map(({ id }) => id)).size, 20);
});

test("while Redis is away nothing is wrong, and nothing fails", { skip }, async () => {
  const truth = await contract();
  const { body: before } = await like();
  await wires.redis.cut();
  try {
    const { status, body } = await like();
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.counts.likes, body.fresh], [before.counts.likes + 1, true]);
    const { ids, sources } = await wholeFeed();
    assert.deepEqual(ids, truth);
    assert.ok(sources.every((source) => source === "SQL"), sources.join());
  } finally {
    await wires.redis.mend();
  }
  await until("a page from Redis again", async () => (await ask("/feed")).body.source === "REDIS");
});

test("while OpenSearch is away search says so, and the rest goes on", { skip }, async () => {
  await wires.openSearch.cut();
  try {
    const { status, retryAfter, body } = await ask(`/search?q=${word}`);
    assert.deepEqual([status, retryAfter, body.code], [503, "1", "OPENSEARCH_UNAVAILABLE"]);
    assert.equal((await like()).status, 200);
    assert.equal((await ask("/feed")).status, 200);
  } finally {
    await wires.openSearch.mend();
  }
  await until("a search again", async () => (await ask(`/search?q=${word}`)).status === 200);
});

test("while Postgres is away feeds say so, and search goes on", { skip }, async () => {
  await wires.postgres.cut();
  try {
    const { status, body } = await ask("/feed");
    assert.deepEqual([status, body.code], [503, "POSTGRES_UNAVAILABLE"]);
    assert.equal((await ask(`/search?q=${word}`, { user: null })).status, 200);
  } finally {
    await wires.postgres.mend();
  }
  await until("a feed again", async () => (await ask("/feed")).status === 200);
});

test("what is asked wrongly is the caller's fault", { skip }, async () => {
  for (const [path, code, options] of [
    ["/feed?after=x", "INVALID_CURSOR"],
    ["/feed", "INVALID_ID", { user: "me" }],
    ["/posts/x/likes", "INVALID_ID", { method: "POST" }],
    ["/search?sort=best", "INVALID_ARGUMENT"],
  ]) {
    const { status, body } = await ask(path, options);
    assert.deepEqual([status, body.code], [400, code], path);
  }
});

test("what happened is in the metrics", { skip }, async () => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  for (const series of [
    'streams_counters_seconds_count{source="redis"}',
    'streams_counters_seconds_count{source="postgres"}',
    'streams_feed_page_seconds_count{source="REDIS",state="COMPLETE"}',
    'streams_feed_page_seconds_count{source="SQL",state="UNREACHABLE"}',
    'streams_search_seconds_count{type="posts",sort="relevance",outcome="failed"}',
    "streams_redis_failures_count",
  ]) {
    assert.ok(metrics.includes(series), `${series} in\n${metrics}`);
  }
});
