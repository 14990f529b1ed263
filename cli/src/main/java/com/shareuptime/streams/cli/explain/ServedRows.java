package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The counters in Postgres, and what was noted of them.
 *
 * @param entities of the model
 */
record ServedRows(Database sink, IdKinds entities) {
  static final String SURFACE = Surface.COUNTERS_POSTGRES.label();

  private static final String ROW =
      "select *, deleted_at is not null as is_gone from streams.counters"
          + " where target_type = ? and target_id = ?";

  private static final String DRIFT =
      """
      select note from (
        select detected_at as at,
               format('%s: %s %s of %s %s, settled for %s by %s', detected_at, amount, reason, kind,
                      action, bucket, job) as note
        from streams.counter_drift where target_type = ? and target_id = ?
        union all
        select found_at,
               format('%s: reconcile found %s %s: the tables %s, it %s%s', found_at, surface, kind,
                      left(expected, 120), left(found, 120), '; asked for a ' || repair)
        from streams.reconcile_findings where key = ?
      ) notes
      order by at desc limit 10
      """;

  ServedCopy read(Target target) {
    try {
      return sink.ask(
          handle ->
              handle
                  .select(ROW, target.type().label(), entities.targets().convert(target.id()))
                  .map((row, context) -> copy(row))
                  .findOne()
                  .orElse(new ServedCopy(SURFACE, null, 0, Map.of(), null)));
    } catch (CommandException e) {
      return ServedCopy.away(SURFACE, e.getMessage());
    }
  }

  private ServedCopy copy(ResultSet row) throws SQLException {
    Counts counts =
        row.getBoolean("is_gone")
            ? null
            : Counts.of(entities.counters(), counter -> row.getLong(counter.column()));
    return new ServedCopy(SURFACE, counts, row.getLong("version"), Map.of(), null);
  }

  /** What counters has noted of events and rows that disagreed, and reconcile, newest first. */
  List<String> drift(Target target) {
    String type = target.type().label();
    return sink.ask(
        handle ->
            handle
                .select(DRIFT, type, entities.targets().convert(target.id()), target.key())
                .mapTo(String.class)
                .list());
  }
}
