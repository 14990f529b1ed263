import { within } from "./deadline.mjs";
import { UnavailableError } from "./errors.mjs";

/** Longer than any answer of a Redis that is well, shorter than a person notices. */
export const REDIS_TIMEOUT = 100;

/** After a failure Redis is left alone for so long: an outage costs one time-out, not one a read. */
export const REDIS_PAUSE = 1_000;

/** Redis, or the fact that it is away. All readers of a service share one, so that all pause together. */
export class RedisStore {
  #client;
  #timeout;
  #metrics;
  #now;
  #pausedUntil = -Infinity;

  /** @param client of the package `redis`; absent if the service has none */
  constructor(client, { timeout = REDIS_TIMEOUT, metrics, now = () => performance.now() }) {
    this.#client = client;
    this.#timeout = timeout;
    this.#metrics = metrics;
    this.#now = now;
  }

  get isConfigured() {
    return this.#client !== undefined;
  }

  /**
   * What `question` gets from the client. Its commands go out as one pipeline if it calls them in one turn of the event
   * loop; each may need one time-out.
   *
   * @throws UnavailableError if there is no answer, or none that makes sense
   */
  async ask(what, question, { signal } = {}) {
    signal?.throwIfAborted();
    if (this.#now() < this.#pausedUntil) throw this.#away(what, "it failed less than a second ago");
    try {
      // a client that is not connected would put commands into its queue
      if (this.#client.isReady === false) throw new Error("the client is not connected");
      return await within(Promise.resolve(question(this.#client)), {
        timeout: this.#timeout,
        signal,
        late: () => new Error(`no answer within ${this.#timeout} ms`),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      this.#pausedUntil = this.#now() + REDIS_PAUSE;
      this.#metrics.report("streams_redis_failures", 1);
      throw this.#away(what, error.message, error);
    }
  }

  #away(what, why, cause) {
    return new UnavailableError("redis", `Cannot read ${what} from Redis: ${why}`, { cause });
  }
}
