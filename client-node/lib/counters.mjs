import { InvalidArgumentError, UnavailableError } from "./errors.mjs";
import { countsInTable } from "./counter-table.mjs";
import { countsOfHash, countsOfRow } from "./counts.mjs";
import { IdKinds } from "./id-kinds.mjs";
import { idOf, redisId } from "./ids.mjs";

/** What a target may be called: the model says which there are, and of others nothing is counted. */
const TYPE = /^[a-z][a-z0-9_]{0,39}$/;
const AFTER_TIMEOUT = 2_000;

/** Counts of posts, reels and whatever else is counted for: from Redis, and from Postgres while Redis is away. */
export class Counters {
  #redis;
  #sink;
  #kinds;
  #progress;
  #metrics;
  #now;

  constructor(redis, sink, progress, metrics, now = () => performance.now()) {
    this.#redis = redis;
    this.#sink = sink;
    this.#kinds = IdKinds.ofCounters(sink);
    this.#progress = progress;
    this.#metrics = metrics;
    this.#now = now;
  }

  /** The counts of one target, and where they come from. */
  async one(type, id, options) {
    const read = await this.many(type, [id], options);
    return { ...read, counts: read.counts.values().next().value };
  }

  /**
   * The counts of many targets in one round trip, by their ids as strings.
   *
   * With `after` (an LSN) it waits until the store that it reads from shows that commit, at most `timeout` ms in all;
   * `fresh` says whether it did. That store may be Postgres, which has a position of its own.
   */
  async many(type, ids, { after, timeout = AFTER_TIMEOUT, signal } = {}) {
    if (typeof type !== "string" || !TYPE.test(type)) {
      throw new InvalidArgumentError("INVALID_ARGUMENT", `There are no counters of '${String(type)}': it is post, reel, user or what else the model calls a target`);
    }
    // without Postgres, Redis answers whatever may be an id
    const targets = (await this.#kinds.getIfThere())?.targets ?? null;
    const asked = [...new Map(Array.from(ids, (id) => idOf(id, "id", targets)).map((id) => [String(id), id])).values()];
    const ended = this.#metrics.timer("streams_counters_seconds");
    const end = this.#now() + timeout;
    const left = () => ({ timeout: Math.max(0, end - this.#now()), signal });
    if (this.#redis.isConfigured) {
      try {
        const fresh = after === undefined ? undefined : await this.#progress.waitForInRedis("counters.redis", after, left());
        const counts = await this.#hashes(type, asked, signal);
        ended({ source: "redis" });
        return { counts, source: "redis", fresh };
      } catch (error) {
        if (signal?.aborted || !(error instanceof UnavailableError)) throw error;
      }
    }
    try {
      const fresh = after === undefined ? undefined : await this.#progress.waitFor("counters.postgres", after, left());
      const counts = await this.#rows(type, asked, signal);
      ended({ source: "postgres" });
      return { counts, source: "postgres", fresh };
    } catch (error) {
      ended({ source: "none" });
      throw error;
    }
  }

  async #hashes(type, ids, signal) {
    const hashes = await this.#redis.ask(
      `the counters of ${ids.length} ${type}s`,
      (redis) => Promise.all(ids.map((id) => redis.hGetAll(`counters:{${type}:${redisId(id)}}`))),
      { signal },
    );
    return new Map(ids.map((id, i) => [String(id), countsOfHash(hashes[i])]));
  }

  async #rows(type, ids, signal) {
    const kinds = await this.#kinds.get({ signal });
    const names = ids.map(String);
    const found = await countsInTable(this.#sink, type, names, kinds, { signal });
    return new Map(names.map((id) => [id, found.get(id) ?? countsOfRow({})]));
  }
}
