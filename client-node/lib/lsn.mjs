import { InvalidArgumentError } from "./errors.mjs";
import { queryRows } from "./postgres-store.mjs";

const FORM = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/;

/** A position in the WAL, `16/B374D848`, as a BigInt that can be compared. */
export function parseLsn(text) {
  const halves = typeof text === "string" && FORM.exec(text);
  if (!halves) {
    throw new InvalidArgumentError("INVALID_LSN", `'${String(text)}' is no position in the WAL: it looks like 16/B374D848`);
  }
  return (BigInt(`0x${halves[1]}`) << 32n) | BigInt(`0x${halves[2]}`);
}

/**
 * The position of the product's database, to be taken after a commit. A surface that has passed it shows that commit.
 * Not the write position: that may lie before an asynchronous commit.
 */
export async function currentLsn(client, options = {}) {
  const rows = await queryRows(client, "the position of the WAL", "select pg_current_wal_insert_lsn()::text as lsn", [], options);
  return rows[0].lsn;
}
