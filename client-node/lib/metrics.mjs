/** Hands figures to the service's own metrics. A hook that throws must not fail the read that it measures. */
export class Metrics {
  #hook;
  #now;

  constructor(hook, now = () => performance.now()) {
    this.#hook = hook;
    this.#now = now;
  }

  report(name, value, labels = {}) {
    try {
      this.#hook?.({ name, value, labels });
    } catch {
      // the service's own hook is broken: its figures are missing, which its owner sees there
    }
  }

  /** Call what it returns at the end: reports the seconds since. */
  timer(name) {
    const start = this.#now();
    return (labels) => this.report(name, (this.#now() - start) / 1000, labels);
  }
}
