/**
 * What `promise` gives, unless `timeout` passes or `signal` is aborted before: then it rejects with `late()` or with the
 * signal's reason. What it stood for may still go on: nobody listens to it.
 */
export function within(promise, { timeout, signal, late }) {
  return new Promise((resolve, reject) => {
    // after a look at the sockets: when this process was busy for long, the answer may be waiting there
    const timer = timeout === undefined ? undefined : setTimeout(() => setImmediate(() => end(reject, late())), timeout);
    const aborted = () => end(reject, signal.reason);
    let isSettled = false;
    function end(settle, value) {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
      settle(value);
    }
    if (signal?.aborted) {
      promise.catch(() => {});
      return aborted();
    }
    signal?.addEventListener("abort", aborted, { once: true });
    promise.then(
      (value) => end(resolve, value),
      (error) => end(reject, error),
    );
  });
}

/** Resolves after so many milliseconds. */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
