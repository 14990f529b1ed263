package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Rows that count: of likes, comments that are not deleted, and shares, for targets with a row. */
public final class CounterTables implements Tables<TargetCounts> {
  /** Each part reads one range of an index; %1$s is the condition on an id. */
  private static final String POSTS =
      """
      select t.id, coalesce(l.n, 0), coalesce(c.n, 0), coalesce(s.n, 0)
      from public.posts t
      left join (select target_id, count(*) as n from public.likes
                 where target_type = 'post' and target_id %1$s group by 1) l on l.target_id = t.id
      left join (select target_id, count(*) as n from public.comments
                 where target_type = 'post' and target_id %1$s and not is_deleted
                 group by 1) c on c.target_id = t.id
      left join (select post_id, count(*) as n from public.shares
                 where post_id %1$s group by 1) s on s.post_id = t.id
      where t.id %1$s
      """;

  private static final String REELS =
      """
      select t.id, coalesce(l.n, 0), coalesce(c.n, 0), 0
      from public.reels t
      left join (select target_id, count(*) as n from public.likes
                 where target_type = 'reel' and target_id %1$s group by 1) l on l.target_id = t.id
      left join (select target_id, count(*) as n from public.comments
                 where target_type = 'reel' and target_id %1$s and not is_deleted
                 group by 1) c on c.target_id = t.id
      where t.id %1$s
      """;

  private final String query;

  public CounterTables(Scope scope) {
    query = scope.keyPrefix().equals("post") ? POSTS : REELS;
  }

  @Override
  public Map<Long, TargetCounts> read(Connection snapshot, IdBucket bucket, Collection<Long> shown)
      throws SQLException {
    // the numbers are ours, and as literals the planner knows how few rows they ask for
    String range = "between %d and %d".formatted(bucket.first(), bucket.last());
    try (PreparedStatement statement = snapshot.prepareStatement(query.formatted(range))) {
      return rows(statement);
    }
  }

  @Override
  public Map<Long, TargetCounts> read(Connection snapshot, Collection<Long> ids)
      throws SQLException {
    String some = query.formatted("= any (?)");
    try (PreparedStatement statement = snapshot.prepareStatement(some)) {
      var array = snapshot.createArrayOf("bigint", ids.toArray());
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setArray(i, array);
      }
      return rows(statement);
    }
  }

  private static Map<Long, TargetCounts> rows(PreparedStatement statement) throws SQLException {
    Map<Long, TargetCounts> rows = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.put(row.getLong(1), new TargetCounts(row.getLong(2), row.getLong(3), row.getLong(4)));
      }
    }
    return rows;
  }
}
