package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.postgres.ConnectedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Mirrors counters into the product's own columns, for readers that have not moved yet: only rows
 * that differ are touched, as each touched row comes back through replication. The columns have no
 * version; that of the last write stands beside them, and an older one, of a run that was thought
 * dead, changes nothing. Only the tables that the contract came with have such columns, and their
 * ids are numbers.
 */
final class LegacyColumnWriter extends ConnectedWriter<CounterUpdate> {
  private static final long serialVersionUID = 1L;

  private static final List<Mirror> MIRRORS =
      Target.Type.DOCUMENTS.stream().map(Mirror::of).toList();

  /**
   * How the columns of one type are written: a statement, and what its arrays hold behind the ids.
   */
  private record Mirror(Target.Type type, String sql, List<ToLongFunction<CounterUpdate>> columns) {
    static Mirror of(Target.Type type) {
      List<CountedView> kinds =
          CountedView.CANONICAL.stream().filter(kind -> kind.counts(type)).toList();
      List<ToLongFunction<CounterUpdate>> columns = new ArrayList<>();
      columns.add(CounterUpdate::version);
      kinds.forEach(kind -> columns.add(update -> update.counts().of(kind)));
      return new Mirror(type, LegacyColumnWriter.sql(type, kinds), columns);
    }
  }

  LegacyColumnWriter(PostgresAddress address) {
    super(address);
  }

  @Override
  protected List<Rejection<CounterUpdate>> write(Connection connection, List<CounterUpdate> batch)
      throws SQLException {
    for (Mirror mirror : MIRRORS) {
      update(connection, mirror.sql, live(batch, mirror.type), mirror.columns);
    }
    return List.of();
  }

  private static String sql(Target.Type type, List<CountedView> kinds) {
    return """
    with n as (select * from unnest(?, %s) as n (id, version, %s)),
    %s
    update %s mirror set %s
    from n join newer on n.id = newer.target_id
    where mirror.id = n.id and (%s) is distinct from (%s)
    """
        .formatted(
            String.join(", ", Collections.nCopies(1 + kinds.size(), "?::bigint[]")),
            each(kinds, CountedView::name),
            newer(type.label()),
            type.table(),
            each(kinds, kind -> kind.column() + " = n." + kind.name()),
            each(kinds, CountedView::column),
            each(kinds, kind -> "n." + kind.name()));
  }

  private static String each(List<CountedView> kinds, Function<CountedView, String> text) {
    return kinds.stream().map(text).collect(Collectors.joining(", "));
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

  private static List<CounterUpdate> live(List<CounterUpdate> batch, Target.Type type) {
    return batch.stream()
        .filter(update -> update.target().type().equals(type) && !update.gone())
        .sorted(Comparator.comparing(update -> update.target().id()))
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
      Ids ids = Ids.of(updates.stream().map(update -> update.target().id()).toList());
      statement.setArray(1, IdKind.NUMBER.sql(ids, connection));
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
