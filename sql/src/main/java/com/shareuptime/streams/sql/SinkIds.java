package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.sql.IdColumns.IdColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What ids are in the database of the read models: its columns, and what is recorded of them. */
final class SinkIds {
  private static final String LOCKS =
      "set local lock_timeout = '5s'; select pg_advisory_xact_lock(hashtext('streams.entities'))";

  private static final String IS_RECORDED = "select to_regclass('streams.entities') is not null";

  private static final String OTHERWISE =
      "select id_kind from streams.entities where name = ? and id_kind <> ?";

  private static final String RECORD =
      "insert into streams.entities (name, singular, id_kind) values (?, ?, ?) on conflict (name) do nothing returning name";

  /** An entity of the product with ids of its own. */
  private record Named(String name, String singular, IdKind kind) {}

  private final Connection connection;
  private final List<Named> entities;
  private final IdColumns columns;

  SinkIds(Connection connection, IdKinds ids) {
    this.connection = connection;
    this.entities =
        List.of(
            new Named("users", "user", ids.users()),
            new Named("posts", "post", ids.posts()),
            new Named("reels", "reel", ids.reels()));
    IdKind targets = ids.targets();
    IdKind all = ids.all();
    this.columns =
        new IdColumns(
            connection,
            List.of(
                new IdColumn("counters", "target_id", targets),
                new IdColumn("counter_windows", "target_id", targets),
                new IdColumn("trending", "target_id", targets),
                new IdColumn("counter_drift", "target_id", targets),
                new IdColumn("reconcile_canaries", "target_id", targets),
                new IdColumn("user_feeds", "user_id", ids.users()),
                new IdColumn("user_feeds", "post_id", ids.posts()),
                new IdColumn("user_feeds", "author_id", ids.users()),
                // ranges of targets and of users
                new IdColumn("reconcile_buckets", "first_id", all),
                new IdColumn("reconcile_buckets", "last_id", all)));
  }

  /**
   * The statements that are missing.
   *
   * @throws CommandException if ids were of another kind before
   */
  List<String> missing() throws SQLException {
    requireSame();
    columns.requireEmpty();
    return columns.missing();
  }

  /**
   * Gives the columns their types, in a transaction of its own.
   *
   * @return whether there was something to do
   * @throws CommandException if ids were of another kind before
   */
  boolean apply() throws SQLException {
    connection.setAutoCommit(false);
    Sql.execute(connection, LOCKS);
    requireSame();
    boolean changed = columns.change();
    for (Named entity : entities) {
      changed |=
          !Sql.texts(connection, RECORD, entity.name(), entity.singular(), entity.kind().sql())
              .isEmpty();
    }
    connection.commit();
    return changed;
  }

  private void requireSame() throws SQLException {
    if (!Sql.is(connection, IS_RECORDED)) {
      return;
    }
    for (Named entity : entities) {
      String kind = entity.kind().sql();
      for (String before : Sql.texts(connection, OTHERWISE, entity.name(), kind)) {
        throw CommandException.wrong(
            "Ids of %s were %s when the jobs were installed, and by this model they are %s."
                .formatted(entity.name(), before, kind),
            NewInstallation.ADVICE);
      }
    }
  }
}
