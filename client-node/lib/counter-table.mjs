import { countsOfRow } from "./counts.mjs";
import { ofKinds } from "./id-kinds.mjs";
import { queryRows } from "./postgres-store.mjs";
import { sql } from "./queries.mjs";

// The id as text: a service may have told pg to read bigint as a number.
const ROWS = `select k.*, k.target_id::text as id from (\n${sql("counters")}\n) k`;

/** Counts out of `streams.counters`, by the ids as strings; an id without a row is not among them. */
export async function countsInTable(sink, type, ids, kinds, options) {
  const rows = await queryRows(sink, `the counters of ${ids.length} ${type}s`, ofKinds(ROWS, kinds), [type, ids], options);
  return new Map(rows.map((row) => [row.id, countsOfRow(row)]));
}
