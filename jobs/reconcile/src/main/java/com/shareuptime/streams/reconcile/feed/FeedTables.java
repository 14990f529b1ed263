package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.plan.BucketIds;
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
  /** As many as a feed holds. */
  private static final int OF_A_FEED = 800;

  /** As many as a timeline holds. */
  private static final int OF_A_TIMELINE = 100;

  private final String query;
  private final IdKinds kinds;

  private FeedTables(String query, IdKinds kinds) {
    this.query = query;
    this.kinds = kinds;
  }

  /** By user: what he reads. */
  public static FeedTables feeds(IdKinds kinds) {
    return new FeedTables(FeedQueries.newestOfReaders(OF_A_FEED, kinds), kinds);
  }

  /** By author: his own. */
  public static FeedTables timelines(IdKinds kinds) {
    return new FeedTables(FeedQueries.newestOfAuthors(OF_A_TIMELINE, kinds), kinds);
  }

  /** Who has a feed, Redis is asked for one by one. */
  @Override
  public Ids candidates(Connection snapshot, IdBucket bucket) throws SQLException {
    return BucketIds.read(snapshot, bucket, kinds);
  }

  @Override
  public Map<Id, Entries> read(Connection snapshot, IdBucket bucket, Collection<Id> shown)
      throws SQLException {
    return read(snapshot, Ids.of(shown));
  }

  @Override
  public Map<Id, Entries> read(Connection snapshot, Ids ids) throws SQLException {
    Map<Id, Entries.Builder> feeds = new HashMap<>();
    try (PreparedStatement statement = snapshot.prepareStatement(query)) {
      statement.setFetchSize(10_000);
      statement.setArray(1, kinds.users().sql(ids, snapshot));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          feeds
              .computeIfAbsent(Id.ofSql(row.getObject(1)), id -> new Entries.Builder())
              .add(Id.ofSql(row.getObject(2)), row.getLong(3), Id.ofSql(row.getObject(4)));
        }
      }
    }
    Map<Id, Entries> built = new HashMap<>();
    feeds.forEach((id, entries) -> built.put(id, entries.build()));
    return built;
  }
}
