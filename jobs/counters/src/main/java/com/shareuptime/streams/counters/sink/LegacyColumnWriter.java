package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.postgres.ConnectedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Mirrors counters into the product's own columns, for readers that have not moved yet: only rows
 * that differ are touched, as each touched row comes back through replication. The columns have no
 * version; that of the last write stands beside them, and an older one, of a run that was thought
 * dead, changes nothing.
 */
final class LegacyColumnWriter extends ConnectedWriter<CounterUpdate> {
  private static final long serialVersionUID = 1L;

  private static final String POSTS =
      """
      with n as (select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
          as n (id, version, likes, comments, shares)),
      """
          + newer("post")
          + """
          update posts set likes_count = n.likes, comments_count = n.comments, shares_count = n.shares
          from n join newer on n.id = newer.target_id
          where posts.id = n.id and (likes_count, comments_count, shares_count)
            is distinct from (n.likes, n.comments, n.shares)
          """;
  private static final String REELS =
      """
      with n as (select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
          as n (id, version, likes, comments)),
      """
          + newer("reel")
          + """
          update reels set likes_count = n.likes, comments_count = n.comments
          from n join newer on n.id = newer.target_id
          where reels.id = n.id and (likes_count, comments_count)
            is distinct from (n.likes, n.comments)
          """;

  LegacyColumnWriter(PostgresAddress address) {
    super(address);
  }

  @Override
  protected List<Rejection<CounterUpdate>> write(Connection connection, List<CounterUpdate> batch)
      throws SQLException {
    update(
        connection,
        POSTS,
        live(batch, CounterTarget.Type.POST),
        List.of(
            CounterUpdate::version,
            CounterUpdate::likes,
            CounterUpdate::comments,
            CounterUpdate::shares));
    update(
        connection,
        REELS,
        live(batch, CounterTarget.Type.REEL),
        List.of(CounterUpdate::version, CounterUpdate::likes, CounterUpdate::comments));
    return List.of();
  }

  private static String newer(String type) {
    return """
    newer as (
      insert into streams.mirrored_counters as known (target_type, target_id, version)
      select '%s', id, version from n
      on conflict (target_type, target_id) do update set version = excluded.version
        where known.version < excluded.version
      returning target_id)
    """
        .formatted(type);
  }

  private static List<CounterUpdate> live(List<CounterUpdate> batch, CounterTarget.Type type) {
    return batch.stream()
        .filter(update -> update.target().type() == type && !update.gone())
        .sorted((a, b) -> Long.compare(a.target().id(), b.target().id()))
        .toList();
  }

  private static void update(
      Connection connection,
      String sql,
      List<CounterUpdate> updates,
      List<ToLongFunction<CounterUpdate>> columns)
      throws SQLException {
    if (updates.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, array(connection, updates, update -> update.target().id()));
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 2, array(connection, updates, columns.get(i)));
      }
      statement.executeUpdate();
    }
  }

  private static java.sql.Array array(
      Connection connection, List<CounterUpdate> updates, ToLongFunction<CounterUpdate> of)
      throws SQLException {
    Object[] values = updates.stream().map(of::applyAsLong).toArray();
    return connection.createArrayOf("int8", values);
  }
}
