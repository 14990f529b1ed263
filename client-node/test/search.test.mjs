import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, test } from "node:test";
import { createStreams, highlightedHtml } from "../index.mjs";
import { parseCursor, writeCursor } from "../lib/search-cursor.mjs";
import { searchBody } from "../lib/search-query.mjs";

const OPEN = "⟦\0";
const CLOSE = "\0⟧";
const NOW = "2026-01-31T23:33:34.123Z";

let server;
let url;
let asked;
let answer;

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    asked.push({ method: request.method, path: request.url, headers: request.headers, body: await text(request) });
    const { status = 200, body } = await answer(asked.at(-1));
    response.writeHead(status).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${server.address().port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const search = (options = {}) => createStreams({ opensearchUrl: url, ...options }).search;

// as OpenSearch writes it: ids as numbers of 64 bits
const hit = (id, more = "") =>
  `{"_index":"posts_v1","_id":"${id}","_score":1.5,"_source":{"id":${id},"author":{"id":9007199254740995,"username":"ayse","display_name":"Ayşe","avatar_url":null,"is_verified":false},"content":"coffee \\"id\\":9007199254740993,","visibility":"public","likes_count":3,"comments_count":2,"shares_count":1,"created_at":"2026-01-31T23:33:34.123456Z","updated_at":"2026-01-31T23:33:34.123456Z"}${more},"sort":[1.5,${id}]}`;
const page = (hits, more = "") => ({ body: `{"took":1,"_shards":{"failed":0},"hits":{"total":{"value":${hits.length},"relation":"eq"},"hits":[${hits.join(",")}]}${more}}` });

test("ids keep all their digits, and texts that look like them stay texts", async () => {
  answer = () => page([hit("9007199254740993")]);
  const { hits } = await search().page({ text: "coffee" });
  assert.deepEqual(hits[0], {
    id: "9007199254740993",
    author: { id: "9007199254740995", username: "ayse", displayName: "Ayşe", avatarUrl: null, isVerified: false },
    text: 'coffee "id":9007199254740993,',
    marked: "",
    visibility: "public",
    counts: { likes: 3, comments: 2, shares: 1 },
    createdAt: "2026-01-31T23:33:34.123456Z",
    updatedAt: "2026-01-31T23:33:34.123456Z",
  });
});

test("facets come on the first page", async () => {
  answer = ({ body }) =>
    JSON.parse(body).aggs
      ? page(
          [hit(1)],
          `,"aggregations":{"authors":{"buckets":[{"key":9007199254740995,"doc_count":4,"author":{"hits":{"hits":[{"_source":{"author":{"username":"ayse"}}}]}}}]},"last_30_days":{"days":{"buckets":[{"key_as_string":"2026-01-31T00:00:00.000Z","key":1769817600000,"doc_count":2}]}}}`,
        )
      : page([]);
  const first = await search().page({ text: "coffee", size: 1 });
  assert.deepEqual(first.facets, {
    authors: [{ id: "9007199254740995", username: "ayse", hits: 4 }],
    days: [{ day: "2026-01-31", hits: 2 }],
  });
  const second = await search().page({ text: "coffee", size: 1, after: first.next });
  assert.deepEqual([second.facets, second.next, second.hits], [null, null, []]);
});

test("a page begins behind the one before, with the same time", async () => {
  answer = () => page([hit("9007199254740993")]);
  for (const sort of ["relevance", "hot", "new"]) {
    const { next } = await search().page({ text: "coffee", sort, size: 1 });
    const now = parseCursor(next, sort).now;
    await search().page({ text: "coffee", sort, size: 1, after: next });
    const body = JSON.parse(asked.at(-1).body);
    assert.deepEqual(body.search_after, [sort === "new" ? "2026-01-31T23:33:34.123456Z" : 1.5, "9007199254740993"]);
    if (sort === "hot") assert.match(asked.at(-1).body, new RegExp(now));
  }
});

test("a cursor is the one that the command prints, and one of another order is refused", async () => {
  const text = Buffer.from(`["hot","${NOW}",3.4565625,9007199254740993]`).toString("base64url");
  assert.deepEqual(parseCursor(text, "hot"), { sort: "hot", now: NOW, rank: 3.4565625, id: "9007199254740993" });
  assert.equal(writeCursor(parseCursor(text, "hot")), text);
  for (const wrong of ["", "x", "!", "W10", "eyJhIjoxfQ", text]) {
    await assert.rejects(search().page({ sort: "new", after: wrong }), { code: "INVALID_CURSOR" }, wrong);
  }
  assert.deepEqual(asked, []);
});

test("a text is only ever a value, cut at 128 characters", () => {
  for (const typed of ['{"match_all":{}}', "${match}", "content:*", "+ - | * ~ ( ) : ^", "\ud83d", "😀".repeat(500)]) {
    const { query } = searchBody({ text: typed, now: NOW });
    const words = query.bool.must.bool.must.dis_max.queries[0].multi_match.query;
    assert.equal(words, [...typed].slice(0, 128).join(""));
    assert.deepEqual(query.bool.filter[0], { term: { visibility: "public" } });
  }
  assert.deepEqual(searchBody({ text: " \t", now: NOW }).query.bool.must, { match_all: {} });
  assert.match(JSON.stringify(searchBody({ text: "e\u0301clair", now: NOW })), /\u00e9clair/);
});

test("where there is no value the field goes", () => {
  const body = searchBody({ text: "coffee", now: NOW });
  assert.deepEqual(Object.keys(body), ["size", "query", "sort", "_source", "highlight", "aggs"]);
  assert.doesNotMatch(JSON.stringify(body), /\$\{/);
});

test("so many words must agree as the page says", () => {
  const agreement = (text, sort) => JSON.stringify(searchBody({ text, sort, now: NOW })).match(/"minimum_should_match":"([^"]*)"/)[1];
  assert.equal(agreement("coffee", "relevance"), "1<34%");
  assert.equal(agreement("天気予報", "relevance"), "2<75% 9<34%");
  assert.equal(agreement("コーヒー", "relevance"), "2<75% 9<34%");
  assert.equal(agreement("天気予報", "hot"), "100%");
  assert.equal(agreement("coffee", "new"), "100%");
});

test("words in quotes are taken literally, a lone quote is not", () => {
  const filters = (text) => JSON.stringify(searchBody({ text, now: NOW }).query.bool.filter);
  assert.match(filters('"new york"'), /simple_query_string/);
  for (const text of ['"new york', '""', '"!"']) assert.doesNotMatch(filters(text), /simple_query_string/);
});

test("a reader finds what is for them, by ids of all digits", () => {
  const reader = { id: 9_007_199_254_740_993n, followed: ["9007199254740995", 5] };
  const [visible] = searchBody({ reader, now: NOW }).query.bool.filter;
  assert.deepEqual(visible.bool.should[1], { term: { "author.id": "9007199254740993" } });
  assert.deepEqual(visible.bool.should[2].bool.filter[1], { terms: { "author.id": ["9007199254740995", "5"] } });
  assert.throws(() => searchBody({ reader: { id: 1, followed: Array(65_537).fill(2) }, now: NOW }), { code: "INVALID_ARGUMENT" });
});

test("an author is an id or a username", () => {
  const filter = (author) => searchBody({ author, now: NOW }).query.bool.filter.at(-1);
  assert.deepEqual(filter({ id: 5 }), { term: { "author.id": "5" } });
  assert.deepEqual(filter({ username: "1984" }), { term: { "author.username": "1984" } });
  assert.throws(() => filter({ id: 2 ** 53 }), { code: "INVALID_ID" });
  assert.throws(() => filter("ayse"), { code: "INVALID_ARGUMENT" });
});

test("by meaning every filter is in the nearest too, and there is one page", async () => {
  const vector = Float32Array.of(0.25, -0.5);
  const reader = { id: 7, followed: [] };
  const body = searchBody({ text: "how to bake", vector: [...vector], reader, author: { id: 5 }, now: NOW });
  const [words, nearest] = body.query.hybrid.queries;
  assert.deepEqual(nearest.knn.embedding.vector, [0.25, -0.5]);
  assert.deepEqual(nearest.knn.embedding.filter.bool.filter.slice(1), words.bool.filter);
  assert.deepEqual(nearest.knn.embedding.filter.bool.filter[0], { term: { hidden: false } });
  assert.equal(body.query.hybrid.pagination_depth, 100);
  assert.ok(body.search_pipeline);
  answer = () => page([hit(1).replace(/,"sort":\[[^\]]*\]/, "")]);
  const found = await search().page({ vector, meaning: "only", size: 1 });
  assert.equal(found.next, null);
  assert.deepEqual(JSON.parse(asked[0].body).query.knn.embedding.vector, [0.25, -0.5]);
  for (const more of [{ sort: "new" }, { after: "x" }, { vector: [NaN] }, { meaning: "maybe" }, { text: " " }]) {
    await assert.rejects(search().page({ text: "bake", vector, ...more }), { name: "InvalidArgumentError" }, JSON.stringify(more));
  }
});

test("whether there are vectors can be asked", async () => {
  answer = () => page([hit(1)]);
  assert.equal(await search().hasVectors("reels"), true);
  assert.equal(asked[0].path, "/reels/_search");
  answer = () => page([]);
  assert.equal(await search().hasVectors(), false);
});

test("all pages are read as of one point in time, which is closed, also when the loop is left", async () => {
  let left = 2;
  answer = ({ method, path }) => {
    if (method === "DELETE") return { body: "{}" };
    if (path.includes("point_in_time")) return { body: '{"pit_id":"p"}' };
    return left-- > 0 ? page([hit(left + 1)]) : page([]);
  };
  const ids = [];
  for await (const { hits } of search().pages({ text: "coffee", size: 1 })) ids.push(...hits.map(({ id }) => id));
  assert.deepEqual(ids, ["2", "1"]);
  assert.deepEqual(
    asked.map(({ method, path }) => `${method} ${path}`),
    ["POST /posts/_search/point_in_time?keep_alive=1m", "POST /_search", "POST /_search", "POST /_search", "DELETE /_search/point_in_time"],
  );
  assert.deepEqual(JSON.parse(asked[1].body).pit, { id: "p", keep_alive: "1m" });
  left = 2;
  for await (const _ of search().pages({ text: "coffee", size: 1 })) break;
  assert.equal(asked.at(-1).method, "DELETE");
  await assert.rejects(search().pages({ after: "x" }).next(), { code: "INVALID_ARGUMENT" });
});

test("an overloaded or silent OpenSearch is unavailable, one that refuses is not", async () => {
  for (const status of [429, 502, 503, 504]) {
    answer = () => ({ status, body: "{}" });
    await assert.rejects(search().page(), { code: "OPENSEARCH_UNAVAILABLE", store: "opensearch" });
  }
  for (const status of [400, 401, 403, 404, 500]) {
    answer = () => ({ status, body: '{"error":"no"}' });
    await assert.rejects(search().page(), { code: "OPENSEARCH_REFUSED" }, status);
  }
  answer = () => ({ status: 404, body: "{}" });
  await assert.rejects(search().page(), /\.\/streams migrate/);
  answer = () => ({ body: "<html>" });
  await assert.rejects(search().page(), { code: "OPENSEARCH_REFUSED", message: /is not OpenSearch/ });
  answer = () => new Promise(() => {});
  await assert.rejects(search().page({ timeout: 30 }), { code: "OPENSEARCH_UNAVAILABLE", message: /no answer within 30 ms/ });
  const nobody = createStreams({ opensearchUrl: "http://127.0.0.1:2" }).search;
  await assert.rejects(nobody.page(), { code: "OPENSEARCH_UNAVAILABLE", message: /ECONNREFUSED/ });
});

test("who gives up waiting gets the reason", async () => {
  answer = () => new Promise(() => {});
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(search().page({ signal: controller.signal }), { name: "AbortError" });
});

test("a user and password may be in the address", async () => {
  answer = () => page([]);
  const metrics = [];
  await search({ opensearchUrl: url.replace("//", "//a%40b:p%3Aw@"), onMetric: (metric) => metrics.push(metric) }).page({ sort: "hot" });
  assert.equal(asked[0].headers.authorization, `Basic ${Buffer.from("a@b:p:w").toString("base64")}`);
  assert.deepEqual(metrics[0].labels, { type: "posts", sort: "hot", outcome: "answered" });
});

test("a page that some shards did not answer says so", async () => {
  answer = () => ({ body: page([hit(1)]).body.replace('"failed":0', '"failed":1') });
  assert.equal((await search().page()).isPartial, true);
});

test("what is asked wrongly is refused", async () => {
  for (const query of [{ size: 0 }, { size: 101 }, { sort: "best" }, { type: "users" }, { text: 5 }, { sort: "toString" }]) {
    await assert.rejects(search().page(query), { code: "INVALID_ARGUMENT" }, JSON.stringify(query));
  }
  assert.throws(() => createStreams({ postgres: {} }).search, { code: "INVALID_ARGUMENT" });
});

test("the reading with most marks is shown, and for HTML the text is escaped first", async () => {
  const highlight = JSON.stringify({ content: [`run ${OPEN}<b>${CLOSE}`], "content.english": [`${OPEN}run${CLOSE} ${OPEN}<b>${CLOSE}`] });
  answer = () => page([hit(1, `,"highlight":${highlight}`)]);
  const { hits } = await search().page({ text: "running" });
  assert.equal(highlightedHtml(hits[0].marked), "<mark>run</mark> <mark>&#60;b&#62;</mark>");
  assert.equal(highlightedHtml("⟦paid⟧ & \"'", "em"), "⟦paid⟧ &#38; &#34;&#39;");
});
