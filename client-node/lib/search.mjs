import { InvalidArgumentError } from "./errors.mjs";
import { facetsOf, hitOf } from "./search-answer.mjs";
import { parseCursor, writeCursor } from "./search-cursor.mjs";
import { searchBody } from "./search-query.mjs";

const TYPES = new Set(["posts", "reels"]);

/** Searches posts and reels by their aliases. Nothing else can answer while OpenSearch is away. */
export class Search {
  #openSearch;
  #metrics;
  #kinds;

  /** @param kinds what ids are; absent if there is nobody to ask */
  constructor(openSearch, metrics, kinds) {
    this.#openSearch = openSearch;
    this.#metrics = metrics;
    this.#kinds = kinds;
  }

  /** One page; `next` is what to give as `after` for the one behind it, null at the end. */
  async page({ timeout, signal, ...query } = {}) {
    return this.#page(query, { timeout, signal });
  }

  /** All pages as of one point in time, whatever is written meanwhile. Closes it at the end, or when the loop is left. */
  async *pages({ timeout, signal, after, ...query } = {}) {
    if (after !== undefined || query.vector) {
      throw new InvalidArgumentError("INVALID_ARGUMENT", "All pages begin with the first, and go by words");
    }
    const options = { timeout, signal };
    const opened = await this.#openSearch.ask("POST", `/${typeOf(query)}/_search/point_in_time?keep_alive=1m`, undefined, options);
    const pit = opened.pit_id;
    try {
      for (let next; next !== null; ) {
        const page = await this.#page({ ...query, after: next, pit }, options);
        yield page;
        next = page.next;
      }
    } finally {
      // without the caller's signal: it may be what ended the loop. What is not closed expires within a minute
      await this.#openSearch.ask("DELETE", "/_search/point_in_time", { pit_id: [pit] }, { timeout }).catch(() => {});
    }
  }

  /** Whether any document has a vector, by which its meaning is found. */
  async hasVectors(type = "posts", options) {
    const body = { size: 0, terminate_after: 1, query: { exists: { field: "embedding" } } };
    const answer = await this.#openSearch.ask("POST", `/${typeOf({ type })}/_search`, body, options);
    return answer.hits.total.value > 0;
  }

  /** Nothing is asked where no id is given, and a search does not wait for a Postgres that is away. */
  async #users() {
    return (await this.#kinds?.getIfThere())?.users ?? null;
  }

  async #page({ type = "posts", after, pit, ...query }, options) {
    const path = pit ? "/_search" : `/${typeOf({ type })}/_search`; // a point in time knows its alias, filter and all
    const sort = query.sort ?? "relevance";
    const cursor = after === undefined ? undefined : parseCursor(after, sort);
    const now = cursor?.now ?? new Date().toISOString();
    const users = query.author?.id === undefined && !query.reader ? "bigint" : await this.#users();
    const body = searchBody({ ...query, cursor, now, pit, users });
    const ended = this.#metrics.timer("streams_search_seconds");
    const labels = { type, sort: query.vector ? "meaning" : sort };
    try {
      const answer = await this.#openSearch.ask("POST", path, body, options);
      ended({ ...labels, outcome: "answered" });
      return pageOf(answer, body.size, sort, now);
    } catch (error) {
      ended({ ...labels, outcome: "failed" });
      throw error;
    }
  }
}

function pageOf({ hits, aggregations, _shards: shards }, size, sort, now) {
  const last = hits.hits.length < size ? undefined : hits.hits.at(-1);
  return {
    total: hits.total.value,
    isAtLeast: hits.total.relation === "gte",
    isPartial: (shards?.failed ?? 0) > 0,
    hits: hits.hits.map(hitOf),
    facets: facetsOf(aggregations),
    // what is found by meaning has no place in an order
    next: last?.sort ? writeCursor({ sort, now, rank: sort === "new" ? last._source.created_at : last.sort[0], id: last._source.id }) : null,
  };
}

function typeOf({ type = "posts" }) {
  if (!TYPES.has(type)) throw new InvalidArgumentError("INVALID_ARGUMENT", `There is no '${String(type)}' to search: it is posts or reels`);
  return type;
}
