package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest posts that a user reads, or that an author has, off the index of each author's visible
 * posts. Only of those whom some surface has a copy of: who is active is in no table.
 */
public final class FeedTables implements Tables<Entries> {
  private static final String POSTS =
      """
      select p.id, (case p.created_at when '-infinity' then -9223372036854775808
                          else least(extract(epoch from p.created_at) * 1000000, 9007199254740991) end)::bigint as position, p.author_id
      from public.posts p
      where p.author_id = a.id and not p.is_deleted and p.visibility in ('public', 'followers')
      order by p.created_at desc, p.id desc limit %d
      """;

  /** As many as a feed holds. */
  private static final String FEEDS =
      """
      select w.id, e.id, e.position, e.author_id
      from unnest(?::bigint[]) as w (id)
      cross join lateral (
        select p.* from (
          select f.followee_id as id from public.follows f
          where f.follower_id = w.id and f.status = 'accepted'
          union all select w.id
        ) read
        join public.users a on a.id = read.id and a.is_active
        cross join lateral (%s) p
        order by p.position desc, p.id desc limit 800
      ) e
      """
          .formatted(POSTS.formatted(800));

  private static final String TIMELINES =
      """
      select a.id, e.id, e.position, e.author_id
      from unnest(?::bigint[]) as a (id) cross join lateral (%s) e
      """
          .formatted(POSTS.formatted(100));

  private final String query;

  private FeedTables(String query) {
    this.query = query;
  }

  /** By user: what he reads. */
  public static FeedTables feeds() {
    return new FeedTables(FEEDS);
  }

  /** By author: his own. */
  public static FeedTables timelines() {
    return new FeedTables(TIMELINES);
  }

  @Override
  public Map<Long, Entries> read(Connection snapshot, IdBucket bucket, Collection<Long> shown)
      throws SQLException {
    return read(snapshot, shown);
  }

  @Override
  public Map<Long, Entries> read(Connection snapshot, Collection<Long> ids) throws SQLException {
    Map<Long, Entries.Builder> feeds = new HashMap<>();
    try (PreparedStatement statement = snapshot.prepareStatement(query)) {
      statement.setFetchSize(10_000);
      statement.setArray(1, snapshot.createArrayOf("bigint", ids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          feeds
              .computeIfAbsent(row.getLong(1), id -> new Entries.Builder())
              .add(row.getLong(2), row.getLong(3), row.getLong(4));
        }
      }
    }
    Map<Long, Entries> built = new HashMap<>();
    feeds.forEach((id, entries) -> built.put(id, entries.build()));
    return built;
  }
}
