import { jsonId } from "./ids.mjs";

export const CONTROL_TOPIC = "pipeline-control";

/** A feed is worth being rebuilt if of at least so many entries that must not be shown … */
const MANY_FILTERED = 20;

const ASK_AGAIN = 5 * 60_000;

/** Of the latest requests; who is pushed out may be asked for again early, which does no harm. */
const REMEMBERED = 10_000;

/**
 * Asks the feeds job for what is missing, at most once in five minutes each. Requests are hints: the page came from SQL,
 * and a lost one is asked again by a later read. So nobody waits for them.
 */
export class RebuildRequests {
  #send;
  #metrics;
  #now;
  #latest = new Map();

  /** @param send the service's way to Kafka: ({topic, key, value}) → maybe a promise; absent: nobody is asked */
  constructor(send, metrics, now = () => performance.now()) {
    this.#send = send;
    this.#metrics = metrics;
    this.#now = now;
  }

  forPage(user, { completeness, filteredEntries, rows }) {
    const isMostlyFiltered = filteredEntries >= MANY_FILTERED && filteredEntries > rows.length;
    if (completeness.state === "NO_FEED" || isMostlyFiltered) this.#ask("user", user);
    const idOfAuthor = typeof user === "bigint" ? BigInt : String; // authors are users
    for (const author of completeness.missing) this.#ask("author", idOfAuthor(author));
  }

  #ask(kind, id) {
    const key = `${kind}:${id}`;
    if (!this.#send || !this.#admits(key)) return;
    this.#metrics.report("streams_rebuild_requests", 1, { kind });
    const value = `{"job":"feeds","action":"rebuild","${kind}_id":${jsonId(id)}}`;
    const dropped = () => this.#metrics.report("streams_rebuild_requests_dropped", 1, { kind });
    try {
      Promise.resolve(this.#send({ topic: CONTROL_TOPIC, key, value })).catch(dropped);
    } catch {
      dropped();
    }
  }

  #admits(key) {
    const now = this.#now();
    const last = this.#latest.get(key);
    if (last !== undefined && now - last < ASK_AGAIN) return false;
    // at the end of the map's order, which is that of insertion
    this.#latest.delete(key);
    this.#latest.set(key, now);
    if (this.#latest.size > REMEMBERED) this.#latest.delete(this.#latest.keys().next().value);
    return true;
  }
}
