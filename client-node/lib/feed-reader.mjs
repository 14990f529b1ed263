import { InvalidArgumentError } from "./errors.mjs";
import { parseCursor, TOP, writeCursor } from "./feed-cursor.mjs";
import { readPage, sourceOf } from "./feed-page.mjs";
import { IdKinds } from "./id-kinds.mjs";
import { idOf } from "./ids.mjs";
import { readStoredFeed } from "./stored-feed.mjs";

const PAGE_SIZE = 20;

/** Longer pages would make Redis and Postgres hand out thousands of entries at once. */
const LARGEST_PAGE = 500;

/** The farthest that a Date of JavaScript reaches, in epoch microseconds. */
const FARTHEST_DATE = 8_640_000_000_000_000_000n;

/**
 * Reads feeds. From the moment that the surface `feeds.redis` has passed a commit, a page equals the page that SQL over
 * the product's tables gives: whether the user has a feed in Redis or not, and also while Redis is away.
 */
export class FeedReader {
  #store;
  #kinds;
  #posts;
  #requests;
  #metrics;

  constructor(store, source, posts, requests, metrics) {
    this.#kinds = IdKinds.ofViews(source);
    this.#store = store;
    this.#posts = posts;
    this.#requests = requests;
    this.#metrics = metrics;
  }

  /** The page after the cursor `after`, as a page gave it; without one the newest. */
  async page(user, { after, size = PAGE_SIZE, timeout, signal } = {}) {
    if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
      throw new InvalidArgumentError("INVALID_ARGUMENT", `A page has 1 to ${LARGEST_PAGE} entries, not ${String(size)}`);
    }
    const ended = this.#metrics.timer("streams_feed_page_seconds");
    const failed = (error) => {
      this.#kinds.forget();
      ended({ source: "NONE", state: "FAILED" });
      throw error;
    };
    signal?.throwIfAborted();
    const kinds = await this.#kinds.get({ timeout }).catch(failed);
    const reader = idOf(user, "user", kinds.users);
    const below = after === undefined ? TOP : parseCursor(after, kinds.posts);
    let read;
    try {
      read = await readPage(
        (from, window) => readStoredFeed(this.#store, reader, from, window, size, { kinds, signal }),
        this.#posts.of(reader, kinds, { timeout, signal }),
        below,
        size,
      );
    } catch (error) {
      failed(error);
    }
    const source = sourceOf(read.rows, read.completeness);
    ended({ source, state: read.completeness.state });
    this.#count(read);
    this.#requests.forPage(reader, read);
    return {
      entries: read.rows.map(entry),
      next: read.rows.length < size ? null : writeCursor(read.rows.at(-1)),
      source,
      completeness: read.completeness,
      filteredEntries: read.filteredEntries,
    };
  }

  #count({ rows, filteredEntries }) {
    for (const origin of ["PUSH", "PULL", "TABLE"]) {
      const found = rows.filter((row) => row.origin === origin).length;
      if (found > 0) this.#metrics.report("streams_feed_entries", found, { origin });
    }
    if (filteredEntries > 0) this.#metrics.report("streams_feed_filtered_entries", filteredEntries);
  }
}

function entry(row) {
  const isDate = row.at <= FARTHEST_DATE && row.at >= -FARTHEST_DATE;
  return {
    id: String(row.id),
    authorId: row.author,
    content: row.content,
    // milliseconds towards the past, as Date has them for times before 1970 too
    createdAt: isDate ? new Date(Number((row.at - (((row.at % 1000n) + 1000n) % 1000n)) / 1000n)) : null,
    createdAtMicros: String(row.at),
    counts: row.counts,
    origin: row.origin,
    cursor: writeCursor(row),
  };
}
