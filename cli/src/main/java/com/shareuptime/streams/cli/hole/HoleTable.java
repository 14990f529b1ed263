package com.shareuptime.streams.cli.hole;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import java.util.List;

/** The table {@code streams.ingest_holes} of the product's database. */
public record HoleTable(Database source) {
  private static final String TABLE = "streams.ingest_holes";
  private static final String IS_THERE = "select to_regclass('streams.ingest_holes') is not null";

  private static final String HOLES =
      """
      select table_name as "table", row_key as key,
             format('%s:%s:%s', generation, commit_lsn - '0/0'::pg_lsn, row_lsn - '0/0'::pg_lsn) as version,
             commit_lsn::text as lsn, columns, reason, to_json(told_at)#>>'{}' as told_at,
             to_json(filled_at)#>>'{}' as filled_at
      from streams.ingest_holes
      """;

  private static final String ALL = HOLES + "order by told_at, table_name, row_key";
  private static final String ONE = HOLES + "where table_name = ? and row_key = ?";

  private static final String FILLED =
      """
      update streams.ingest_holes
      set filled_at = case when ? then coalesce(filled_at, clock_timestamp()) end
      where table_name = ? and row_key = ?
        and format('%s:%s:%s', generation, commit_lsn - '0/0'::pg_lsn, row_lsn - '0/0'::pg_lsn) = ?
      """;

  /** Those by which a surface lacks something, and that were not filled; none without a source. */
  public static List<Hole> open(Settings settings) {
    return settings.get(AddressKeys.SOURCE_URL).isEmpty()
        ? List.of()
        : new HoleTable(Database.source(settings))
            .all().stream().filter(hole -> hole.isOpen() && !hole.getSurfaces().isEmpty()).toList();
  }

  /** Filled ones, too: a search job that starts anew knows nothing of that. The oldest first. */
  public List<Hole> all() {
    return read(ALL);
  }

  /** Of one row: at most one. */
  public List<Hole> of(String table, Id id) {
    return of(table, "{\"id\":" + IdJson.node(id) + "}");
  }

  List<Hole> of(String table, String key) {
    return read(ONE, table, key);
  }

  /** Notes whether the surfaces show what was missing, unless the row has changed since. */
  void filled(Hole hole, boolean isFilled) {
    source.ask(
        TABLE,
        handle -> handle.execute(FILLED, isFilled, hole.table(), hole.key(), hole.version()));
  }

  /** Of builds before it there are no holes. */
  private List<Hole> read(String query, Object... parameters) {
    return source.ask(
        TABLE,
        handle ->
            handle.select(IS_THERE).mapTo(boolean.class).one()
                ? handle.select(query, parameters).mapTo(Hole.class).list()
                : List.of());
  }
}
