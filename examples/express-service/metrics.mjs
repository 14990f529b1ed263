/** Sums and counts of what the package reports, by name and labels, as Prometheus reads them. */
export class MetricsText {
  #series = new Map();

  add({ name, value, labels }) {
    const key = name + text(labels);
    const series = this.#series.get(key) ?? { name, labels, sum: 0, count: 0 };
    this.#series.set(key, { ...series, sum: series.sum + value, count: series.count + 1 });
  }

  text() {
    return [...this.#series.values()]
      .flatMap(({ name, labels, sum, count }) => [`${name}_sum${text(labels)} ${sum}`, `${name}_count${text(labels)} ${count}`])
      .map((line) => `${line}\n`)
      .join("");
  }
}

function text(labels) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
