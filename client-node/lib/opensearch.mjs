import { RefusedError, UnavailableError } from "./errors.mjs";
import { parseAnswer } from "./search-answer.mjs";

export const OPENSEARCH_TIMEOUT = 5_000;

/** Statuses of a cluster, or of a proxy before it, that is overloaded or not up yet. */
const PASSING = new Set([429, 502, 503, 504]);

/** The few requests of a search, over `fetch`. */
export class OpenSearch {
  #base;
  #headers = { "Content-Type": "application/json" };
  #timeout;

  /** @param url may have a user and password in it */
  constructor(url, { timeout = OPENSEARCH_TIMEOUT } = {}) {
    const base = new URL(url);
    if (base.username) {
      const user = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
      this.#headers.Authorization = `Basic ${Buffer.from(user).toString("base64")}`;
      base.username = base.password = ""; // fetch takes no address with a user
    }
    this.#base = base.href.replace(/\/$/, "");
    this.#timeout = timeout;
  }

  async ask(method, path, body, { timeout = this.#timeout, signal } = {}) {
    signal?.throwIfAborted();
    const clock = AbortSignal.timeout(timeout);
    let status;
    let text;
    try {
      const answer = await fetch(this.#base + path, {
        method,
        headers: this.#headers,
        body: body && JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, clock]) : clock,
      });
      status = answer.status;
      text = await answer.text();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const why = clock.aborted ? `no answer within ${timeout} ms` : (error.cause?.message ?? error.message);
      throw new UnavailableError("opensearch", `OpenSearch at ${this.#base} cannot be asked: ${why}`, { cause: error });
    }
    if (status >= 200 && status < 300) return this.#parsed(text);
    throw this.#refusal(status, path, text);
  }

  #parsed(text) {
    try {
      return parseAnswer(text);
    } catch (error) {
      throw new RefusedError("opensearch", `What answers at ${this.#base} is not OpenSearch: ${error.message}`, { cause: error });
    }
  }

  #refusal(status, path, text) {
    const what = `OpenSearch answers ${status} to ${path}`;
    if (PASSING.has(status)) return new UnavailableError("opensearch", `${what}: it is overloaded, or not up yet`);
    if (status === 404) return new RefusedError("opensearch", `${what}: no such alias or point in time. ./streams migrate creates the aliases`);
    return new RefusedError("opensearch", `${what}: ${text.slice(0, 500)}`);
  }
}
