import { pause } from "./deadline.mjs";
import { InvalidArgumentError } from "./errors.mjs";
import { parseLsn } from "./lsn.mjs";
import { queryRows } from "./postgres-store.mjs";

export const SURFACES = Object.freeze([
  "counters.redis",
  "counters.postgres",
  "feeds.redis",
  "feeds.postgres",
  "search.posts",
  "search.reels",
]);

const WAIT_TIMEOUT = 2_000;

/** Between two looks; the pipeline moves a surface a few times a second, so sooner is of little use. In milliseconds. */
export const EVERY = { redis: 20, postgres: 50 };

const ROW = "select visible_lsn::text as lsn from streams.pipeline_progress where surface = $1";

/**
 * How far surfaces are, and waiting for them. Requests that wait hold no connection: one poller a surface looks for all
 * of them, and only while there are any.
 */
export class Progress {
  #redis;
  #sink;
  #metrics;
  #pollers = new Map();

  /** @param sink pool of the database with `streams.pipeline_progress` */
  constructor(redis, sink, metrics) {
    this.#redis = redis;
    this.#sink = sink;
    this.#metrics = metrics;
  }

  /** Everything that committed at or before this position can be read on the surface; null if nothing is known. */
  async visibleLsn(surface, options) {
    requireSurface(surface);
    return (await this.#look(surface, options)).lsn;
  }

  /**
   * True once the surface shows all that committed up to `lsn`, false after `timeout` ms.
   *
   * @throws UnavailableError if at the end of the time-out no store could say
   */
  waitFor(surface, lsn, { timeout, signal } = {}) {
    return this.#wait(surface, lsn, { timeout, signal, inRedis: false });
  }

  /** The same for who will read from Redis: rejects at once while Redis is away, so that Postgres can be read instead. */
  waitForInRedis(surface, lsn, { timeout, signal } = {}) {
    return this.#wait(surface, lsn, { timeout, signal, inRedis: true });
  }

  async #wait(surface, lsn, { timeout = WAIT_TIMEOUT, signal, inRedis }) {
    requireSurface(surface);
    const position = parseLsn(lsn);
    signal?.throwIfAborted();
    const ended = this.#metrics.timer("streams_progress_wait_seconds");
    let poller = this.#pollers.get(surface);
    if (!poller) this.#pollers.set(surface, (poller = new SurfacePoller(() => this.#look(surface))));
    try {
      const seen = await poller.wait({ position, inRedis }, timeout, signal);
      ended({ surface, outcome: seen ? "seen" : "late" });
      return seen;
    } catch (error) {
      ended({ surface, outcome: "failed" });
      throw error;
    }
  }

  async #look(surface, options) {
    let away = null;
    if (this.#redis.isConfigured) {
      try {
        const lsn = await this.#redis.ask("progress", (redis) => redis.hGet("progress", surface), options);
        // a Redis that has lost its data has lost what it showed, whatever Postgres remembers of it
        if (lsn || surface.endsWith(".redis")) return { lsn: lsn ?? null, every: EVERY.redis };
      } catch (error) {
        if (options?.signal?.aborted) throw error;
        away = error;
      }
    }
    const rows = await queryRows(this.#sink, `the progress of ${surface}`, ROW, [surface], options);
    return { lsn: rows[0]?.lsn ?? null, every: EVERY.postgres, away };
  }
}

/** Looks how far one surface is, again and again while somebody waits. */
class SurfacePoller {
  #look;
  #waiting = new Set();
  #isRunning = false;

  constructor(look) {
    this.#look = look;
  }

  wait({ position, inRedis }, timeout, signal) {
    return new Promise((resolve, reject) => {
      const waiter = { position, inRedis, failure: null };
      const late = () => (waiter.failure ? waiter.fail(waiter.failure) : end(resolve, false));
      const timer = setTimeout(late, timeout);
      const aborted = () => end(reject, signal.reason);
      const end = (settle, value) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", aborted);
        this.#waiting.delete(waiter);
        settle(value);
      };
      waiter.seen = () => end(resolve, true);
      waiter.fail = (error) => end(reject, error);
      signal?.addEventListener("abort", aborted, { once: true });
      this.#waiting.add(waiter);
      if (!this.#isRunning) this.#run();
    });
  }

  async #run() {
    this.#isRunning = true;
    while (this.#waiting.size > 0) {
      // only those who waited before the look: a surface may have gone back since an older one, when a store lost data
      const asked = [...this.#waiting];
      let every = EVERY.postgres;
      try {
        const found = await this.#look();
        every = found.every;
        const passed = found.lsn === null ? -1n : parseLsn(found.lsn);
        for (const waiter of asked) {
          waiter.failure = null;
          if (waiter.inRedis && found.away) waiter.fail(found.away);
          else if (waiter.position <= passed) waiter.seen();
        }
      } catch (error) {
        for (const waiter of asked) {
          if (waiter.inRedis) waiter.fail(error);
          else waiter.failure = error;
        }
      }
      if (this.#waiting.size > 0) await pause(every);
    }
    this.#isRunning = false;
  }
}

function requireSurface(surface) {
  if (!SURFACES.includes(surface)) {
    throw new InvalidArgumentError("INVALID_ARGUMENT", `There is no surface '${String(surface)}': it is one of ${SURFACES.join(", ")}`);
  }
}
