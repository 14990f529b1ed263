package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.sql.IdColumns.IdColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entities of the model in the database of the read models: what is recorded of them, and the
 * columns for ids and counters.
 */
final class SinkEntities {
  private static final String LOCKS =
      "set local lock_timeout = '5s'; select pg_advisory_xact_lock(hashtext('streams.entities'))";

  private static final String IS_RECORDED = "select to_regclass('streams.entities') is not null";

  private static final String OTHERWISE =
      "select id_kind from streams.entities where name = ? and id_kind <> ?";

  private static final String IS_COLUMN =
      """
      select exists (select from pg_attribute
                     where attrelid = to_regclass('streams.counter_windows') and attname = ?)\
      """;

  private static final String ADD_COLUMN = "select streams.add_counter(?)";

  private static final String ORDINAL =
      """
      select coalesce((select ordinal from streams.entities where name = ?),
                      (select greatest(max(ordinal), ?) + 1 from streams.entities))\
      """;

  private static final String RECORD =
      """
      insert into streams.entities as known
        (name, singular, id_kind, is_target, ordinal, is_counted, targets, target_kind, actor, has_amount)
      values (?, ?, ?, ?, ?::smallint, ?, ?, ?, ?, ?)
      on conflict (name) do update
      set singular = excluded.singular, id_kind = excluded.id_kind, is_target = excluded.is_target,
          ordinal = excluded.ordinal, is_counted = excluded.is_counted, targets = excluded.targets,
          target_kind = excluded.target_kind, actor = excluded.actor, has_amount = excluded.has_amount
      where known.* is distinct from excluded.*
      returning name\
      """;

  private static final String LEAVE =
      """
      update streams.entities set is_counted = false, is_target = false
      where name <> all (?::text[]) and (is_counted or is_target)
      returning name\
      """;

  /** All that is recorded of one. */
  private static final class Row {
    private final String name;
    private final String singular;
    private IdKind ids;
    private boolean isTarget;
    private CountedView counter;

    Row(String name, String singular) {
      this.name = name;
      this.singular = singular;
    }
  }

  private final Connection connection;
  private final List<CountedView> counters;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final IdColumns columns;

  /**
   * @param entities ordinals of counters that not every product has mean nothing: they are given
   *     out here
   */
  SinkEntities(Connection connection, IdKinds entities) {
    this.connection = connection;
    this.counters = entities.counters();
    row("users", "user").ids = entities.users();
    for (TargetEntity target : entities.targetEntities()) {
      Row row = row(target.view(), target.type().label());
      row.ids = target.ids();
      row.isTarget = true;
    }
    for (CountedView counter : entities.counters()) {
      row(counter.name(), counter.event()).counter = counter;
    }
    IdKind targets = entities.targets();
    IdKind all = entities.all();
    this.columns =
        new IdColumns(
            connection,
            List.of(
                new IdColumn("counters", "target_id", targets),
                new IdColumn("counter_windows", "target_id", targets),
                new IdColumn("trending", "target_id", targets),
                new IdColumn("counter_drift", "target_id", targets),
                new IdColumn("reconcile_canaries", "target_id", targets),
                new IdColumn("user_feeds", "user_id", entities.users()),
                new IdColumn("user_feeds", "post_id", entities.posts()),
                new IdColumn("user_feeds", "author_id", entities.users()),
                // ranges of targets and of users
                new IdColumn("reconcile_buckets", "first_id", all),
                new IdColumn("reconcile_buckets", "last_id", all)));
  }

  private Row row(String name, String singular) {
    return rows.computeIfAbsent(name, first -> new Row(name, singular));
  }

  /**
   * The statements that are missing.
   *
   * @throws CommandException if ids were of another kind before
   */
  List<String> missing() throws SQLException {
    requireSame();
    columns.requireEmpty();
    List<String> statements = new ArrayList<>(columns.missing());
    for (CountedView counter : counters) {
      if (!counter.kind().isFixed() && !Sql.is(connection, IS_COLUMN, counter.name())) {
        statements.add(ADD_COLUMN.replace("?", "'" + counter.name() + "'"));
      }
    }
    return statements;
  }

  /**
   * Gives columns their types and counters their columns, and records all of it, in a transaction
   * of its own.
   *
   * @return whether there was something to do
   * @throws CommandException if ids were of another kind before
   */
  boolean apply() throws SQLException {
    connection.setAutoCommit(false);
    Sql.execute(connection, LOCKS);
    requireSame();
    boolean changed = columns.change();
    for (CountedView counter : counters) {
      changed |= Sql.is(connection, ADD_COLUMN, counter.name());
    }
    for (Row row : rows.values()) {
      changed |= record(row);
    }
    changed |= !Sql.texts(connection, LEAVE, List.copyOf(rows.keySet())).isEmpty();
    connection.commit();
    return changed;
  }

  private boolean record(Row row) throws SQLException {
    CountedView counter = row.counter;
    return !Sql.texts(
            connection,
            RECORD,
            row.name,
            row.singular,
            row.ids == null ? null : row.ids.sql(),
            row.isTarget,
            counter == null ? null : ordinal(counter),
            counter != null,
            counter == null ? List.of() : counter.targets().stream().sorted().toList(),
            counter == null ? null : counter.targetIds().sql(),
            counter == null ? null : counter.actor(),
            counter != null && counter.hasAmount())
        .isEmpty();
  }

  private int ordinal(CountedView counter) throws SQLException {
    if (counter.kind().isFixed()) {
      return counter.kind().ordinal();
    }
    int ordinal =
        Integer.parseInt(
            Sql.texts(connection, ORDINAL, counter.name(), CounterKind.FIXED - 1).get(0));
    if (ordinal >= CounterKind.MOST) {
      throw CommandException.wrong(
          "There have been %d counters, and %s would be one more."
              .formatted(CounterKind.MOST, counter.name()),
          NewInstallation.ADVICE);
    }
    return ordinal;
  }

  private void requireSame() throws SQLException {
    if (!Sql.is(connection, IS_RECORDED)) {
      return;
    }
    for (Row row : rows.values()) {
      if (row.ids == null) {
        continue;
      }
      for (String before : Sql.texts(connection, OTHERWISE, row.name, row.ids.sql())) {
        throw CommandException.wrong(
            "Ids of %s were %s when the jobs were installed, and by this model they are %s."
                .formatted(row.name, before, row.ids.sql()),
            NewInstallation.ADVICE);
      }
    }
  }
}
