import { within } from "./deadline.mjs";
import { RefusedError, UnavailableError } from "./errors.mjs";

export const POSTGRES_TIMEOUT = 5_000;

// Classes of SQLSTATE that another attempt may not meet: connection, rollback by conflict, resources, intervention, system.
const PASSING = new Set(["08", "40", "53", "57", "58"]);
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * The rows of one statement. `client` is a pool or a client of `pg`, or whatever has its `query`.
 *
 * A time-out also ends the connection (`query_timeout` of `pg`): the next statement would wait behind the slow one.
 */
export async function queryRows(client, what, text, values, { timeout = POSTGRES_TIMEOUT, signal } = {}) {
  signal?.throwIfAborted();
  try {
    const answer = await within(client.query({ text, values, query_timeout: timeout }), {
      timeout,
      signal,
      late: () => new UnavailableError("postgres", `Postgres did not give ${what} within ${timeout} ms`),
    });
    return answer.rows;
  } catch (error) {
    if (error instanceof UnavailableError || signal?.aborted) throw error;
    throw failure(what, error);
  }
}

function failure(what, error) {
  const state = SQLSTATE.test(error?.code ?? "") ? error.code : null;
  const type = state && !PASSING.has(state.slice(0, 2)) ? RefusedError : UnavailableError;
  return new type("postgres", `Cannot read ${what} from Postgres: ${error?.message || error?.code}`, { cause: error });
}
