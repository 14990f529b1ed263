// Search posts or reels, as docs/search-reading.md describes it. Needs no package. Try it on a local stack:
//   eval "$(../../streams env)" && export OPENSEARCH_URL && node search.mjs '{"text": "coffee", "sort": "hot"}'
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const NAMES = ["relevance", "hot", "new", "match", "quoted", "visible", "visible-to-reader", "author-id", "author-name", "highlight", "facets"];
const read = async (name) => JSON.parse(await readFile(new URL(`../src/main/resources/com/shareuptime/streams/client/search/${name}.json`, import.meta.url), "utf8"));
const QUERIES = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await read(name)])));

const AGREEMENT = { relevance: "1<34%", hot: "100%", new: "100%" };
// Scripts without spaces are read in pairs of letters: a word has many, and shares some with other words.
const PAIR = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]{2}/u;
const AGREEMENT_OF_PAIRS = { ...AGREEMENT, relevance: "2<75% 9<34%" };
const LONGEST_TEXT = 128;
const [OPEN, CLOSE] = [QUERIES.highlight.pre_tags[0], QUERIES.highlight.post_tags[0]];

// "${name}" stands for a whole value; where there is none, the field or element goes.
function fill(node, values) {
  if (typeof node === "string") return node.startsWith("${") ? values[node.slice(2, -1)] : node;
  if (Array.isArray(node)) return node.map((element) => fill(element, values)).filter((element) => element !== undefined);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, fill(value, values)])); // JSON.stringify drops undefined
}

function author(of) {
  if (!of) return undefined;
  return typeof of === "number" || typeof of === "bigint" ? fill(QUERIES["author-id"], { author: String(of) }) : fill(QUERIES["author-name"], { author: of.normalize("NFC") });
}

// A reader {id, followed: [ids]} also finds what is for them; nobody finds only what is public.
function body({ text = "", sort = "relevance", by, size = 10, after, reader, pit }) {
  const words = [...text.normalize("NFC")].slice(0, LONGEST_TEXT).join("").trim();
  const agreement = (PAIR.test(words) ? AGREEMENT_OF_PAIRS : AGREEMENT)[sort];
  const now = after?.now ?? new Date().toISOString();
  const values = {
    size,
    now,
    match: words === "" ? { match_all: {} } : fill(QUERIES.match, { text: words, agreement }),
    quoted: /"[^"]*[\p{L}\p{N}][^"]*"/u.test(words) ? fill(QUERIES.quoted, { text: words }) : undefined,
    visible: reader ? fill(QUERIES["visible-to-reader"], { reader: reader.id, followed: reader.followed }) : QUERIES.visible,
    author: author(by),
    after: after?.at,
    pit: pit && { id: pit, keep_alive: "1m" },
    highlight: QUERIES.highlight,
    facets: after ? undefined : QUERIES.facets,
  };
  return { now, query: fill(QUERIES[sort], values) };
}

// Ids are 64 bits: those that a number of JavaScript cannot hold come as texts. Within a text a quote is escaped.
const parse = (json) => JSON.parse(json.replace(/("(?:id|key)":)(-?\d{16,})/g, '$1"$2"'));

async function ask(url, method, path, json) {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { "Content-Type": "application/json" },
    body: json && JSON.stringify(json),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`OpenSearch answers ${answer.status} to ${method} ${path}`);
  return parse(await answer.text());
}

// Each way to read words marks what it found; the one that found most is shown.
function marked(highlight = {}) {
  const readings = ["content", "content.english", "content.turkish", "caption", "caption.english", "caption.turkish"];
  const texts = readings.flatMap((reading) => highlight[reading]?.[0] ?? []);
  const marks = (text) => text.split(OPEN).length;
  return texts.reduce((best, text) => (marks(text) > marks(best) ? text : best), texts[0] ?? "");
}

/** For a page of HTML: escaped first, so that the only tags in it are ours. */
export function html(text) {
  const escaped = text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
  return escaped.replaceAll(OPEN, "<mark>").replaceAll(CLOSE, "</mark>");
}

/** One page; `next` is what to give as `after` for the one behind it, null at the end. */
export async function search(url, { type = "posts", size = 10, sort = "relevance", pit, ...rest }) {
  const { now, query } = body({ size, sort, pit, ...rest });
  // a point in time knows its alias, filter and all
  const { hits, aggregations } = await ask(url, "POST", pit ? "/_search" : `/${type}/_search`, query);
  const found = hits.hits.map((hit) => ({ ...hit._source, marked: marked(hit.highlight) }));
  const last = hits.hits.at(-1);
  return {
    total: hits.total,
    hits: found,
    authors: aggregations?.authors.buckets.map(({ key, doc_count, author }) => ({ id: key, username: author.hits.hits[0]._source.author.username, hits: doc_count })),
    days: aggregations?.last_30_days.days.buckets.map(({ key_as_string, doc_count }) => ({ day: key_as_string.slice(0, 10), hits: doc_count })),
    // created_at as a text: an index of an earlier build sorts by nanoseconds, which JavaScript cannot hold
    next: found.length < size ? null : { now, at: [sort === "new" ? last._source.created_at : last.sort[0], last._source.id] },
  };
}

/** All pages as of one moment, whatever is written meanwhile. */
export async function* pages(url, { type = "posts", ...query }) {
  const { pit_id: pit } = await ask(url, "POST", `/${type}/_search/point_in_time?keep_alive=1m`);
  try {
    for (let after; after !== null; ) {
      const page = await search(url, { ...query, type, after, pit });
      yield page;
      after = page.next;
    }
  } finally {
    await ask(url, "DELETE", "/_search/point_in_time", { pit_id: [pit] });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { all, ...query } = JSON.parse(process.argv[2]);
  if (all) {
    for await (const page of pages(process.env.OPENSEARCH_URL, query)) console.log(JSON.stringify(page));
  } else {
    console.log(JSON.stringify(await search(process.env.OPENSEARCH_URL, query), null, 2));
  }
}
