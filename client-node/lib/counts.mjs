/** What every target has; a counter that the pipeline adds later comes along by its own name. */
const NONE = { likes: 0, comments: 0, shares: 0 };

const COLUMN = /^(.+)_count$/;
const NO_COUNTS = new Set(["v", "deleted"]);

/** Of the hash `counters:{post:42}`. */
export function countsOfHash(hash) {
  const counts = { ...NONE };
  if (hash.deleted !== undefined) return counts;
  for (const [field, value] of Object.entries(hash)) {
    if (!NO_COUNTS.has(field)) counts[field] = Number(value);
  }
  return counts;
}

/** Of a row of `streams.counters`, or of one joined to it; columns of others are left alone. */
export function countsOfRow(row) {
  const counts = { ...NONE };
  for (const [column, value] of Object.entries(row)) {
    const counter = COLUMN.exec(column)?.[1];
    if (counter !== undefined) counts[counter] = Number(value ?? 0);
  }
  return counts;
}
