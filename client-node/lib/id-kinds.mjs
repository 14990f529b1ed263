import { queryRows } from "./postgres-store.mjs";

const NUMBERS = Object.freeze({ users: "bigint", posts: "bigint", reels: "bigint", targets: "bigint" });

const OF_VIEWS = `
  select c.relname as name, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = to_regnamespace('streams_model')::oid`;

const OF_COUNTERS = `
  select 'targets' as name, format_type(a.atttypid, null) as type
  from pg_attribute a where a.attrelid = to_regclass('streams.counters') and a.attname = 'target_id'`;

/** A reader that could do without an answer waits so many ms for it, … */
const PATIENCE = 1_000;

/** … and after none not again for so long: an outage costs one time-out, not one a read. */
const PAUSE = 10_000;

/** What ids are, by a database that is asked once. */
export class IdKinds {
  #client;
  #statement;
  #asked;
  #pausedUntil = -Infinity;

  constructor(client, statement) {
    this.#client = client;
    this.#statement = statement;
  }

  /** Of users, posts and reels, by the product's database, and of posts and reels together. */
  static ofViews(client) {
    return new IdKinds(client, OF_VIEWS);
  }

  /** Of posts and reels together, by the database of the read models. */
  static ofCounters(client) {
    return new IdKinds(client, OF_COUNTERS);
  }

  async get(options) {
    // what one caller aborts, another still wants to know
    this.#asked ??= queryRows(this.#client, "what ids are", this.#statement, [], { timeout: options?.timeout }).then(kindsOf);
    try {
      return await this.#asked;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** The same; null while nobody answers. */
  async getIfThere() {
    if (performance.now() < this.#pausedUntil) return null;
    try {
      return await this.get({ timeout: PATIENCE });
    } catch {
      this.#pausedUntil = performance.now() + PAUSE;
      return null;
    }
  }

  /** The next read asks again: migrate may have come only after the last. */
  forget() {
    this.#asked = undefined;
  }
}

function kindsOf(rows) {
  const found = Object.fromEntries(rows.map(({ name, type }) => [name, kindOf(type)]));
  const kinds = { ...NUMBERS, reels: found.posts ?? NUMBERS.reels, ...found };
  return { ...kinds, targets: found.targets ?? (kinds.posts === kinds.reels ? kinds.posts : "text") };
}

function kindOf(type) {
  if (["bigint", "integer", "smallint"].includes(type)) return "bigint";
  return type === "uuid" ? "uuid" : "text";
}

/** The SQL where ids are of these kinds: the files are of numbers, and say where they are. */
export const ofKinds = (text, kinds) =>
  text
    .replaceAll(/bigint\/\*(users|posts|targets)\*\//g, (_, name) => kinds[name])
    .replaceAll("/*order*/", kinds.posts === "text" ? ' collate "C"' : "")
    .replaceAll("/*target*/", kinds.targets === "text" ? '::text collate "C"' : "");
