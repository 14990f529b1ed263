import { countsInTable } from "./counter-table.mjs";
import { countsOfRow } from "./counts.mjs";
import { sqlId } from "./feed-cursor.mjs";
import { ofKinds } from "./id-kinds.mjs";
import { queryRows } from "./postgres-store.mjs";
import { sql } from "./queries.mjs";

// Ids and positions as text: a service may have told pg to read bigint as a number.
const texts = (posts, counters) => `
  select ${counters ? "c.*, " : ""}p.id::text as post_id, p.author_id::text as author_id, p.content as content, p.position::text as position
  from (
  ${posts}
  ) p
  ${counters ? "left join streams.counters c on c.target_type = 'post' and c.target_id = p.id/*target*/ and c.deleted_at is null" : ""}
  order by p.created_at desc, p.id/*order*/ desc`;

/** Posts from the product's tables, counters from `streams.counters`: in one query where both are in one database. */
export class PostTable {
  #source;
  #sink;
  #shown;
  #newest;

  constructor(source, sink) {
    this.#source = source;
    this.#sink = sink;
    const isOne = source === sink;
    this.#shown = texts(sql("shown"), isOne);
    this.#newest = texts(sql("newest"), isOne);
  }

  /** What one user may see, where ids are of these kinds. */
  of(user, kinds, options) {
    const read = (what, statement, values) =>
      this.#read(`${what} of user ${user}`, ofKinds(statement, kinds), [String(user), ...values], kinds, options);
    return {
      shown: (ids) => read("posts of the feed", this.#shown, [ids.map(String)]),
      newest: (below, limit) => read("the feed", this.#newest, [String(below.at), sqlId(below.id, kinds.posts), limit]),
    };
  }

  async #read(what, statement, values, kinds, options) {
    const found = await queryRows(this.#source, what, statement, values, options);
    const rows = found.map((row) => ({
      at: BigInt(row.position),
      id: kinds.posts === "bigint" ? BigInt(row.post_id) : row.post_id,
      author: row.author_id,
      content: row.content,
      counts: countsOfRow(row),
      origin: "TABLE",
    }));
    return this.#source === this.#sink || rows.length === 0 ? rows : this.#counted(rows, kinds, options);
  }

  async #counted(rows, kinds, options) {
    const ids = rows.map((row) => String(row.id));
    const counts = await countsInTable(this.#sink, "post", ids, kinds, options);
    return rows.map((row) => ({ ...row, counts: counts.get(String(row.id)) ?? row.counts }));
  }
}
