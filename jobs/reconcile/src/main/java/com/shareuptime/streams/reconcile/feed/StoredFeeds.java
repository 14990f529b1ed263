package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.run.SinkDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * The rows of {@code streams.user_feeds}, of users who have a feed in Redis: that says what was
 * pushed to them. Older rows than the retention are promised to nobody, and neither are posts dated
 * beyond the newest week of the table.
 */
public final class StoredFeeds implements Copies<Entries> {
  /** A few more than a feed holds, since some of them are dead. */
  private static final String ROWS =
      """
      select w.id, f.post_id, f.position
      from unnest(?::%s[], ?::bigint[]) as w (id, mark)
      cross join lateral (
        select post_id, (extract(epoch from inserted_at) * 1000000)::bigint as position
        from streams.user_feeds
        where user_id = w.id
          and inserted_at > to_timestamp(0) + w.mark * interval '1 microsecond'
        order by inserted_at desc, post_id desc
      ) f
      """;

  /** Where the newest week ends, which its partition's name begins; 0 without any. */
  private static final String END =
      """
      select coalesce(max(to_date(substring(c.relname from '^user_feeds_(\\d{8})$'), 'YYYYMMDD') + 7
                          - date '1970-01-01'), 0) * 86400000000
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'streams.user_feeds'::regclass
      """;

  private final SinkDatabase database;
  private final Zsets zsets;
  private final IdKind users;
  private final Duration settle;
  private final Duration retention;

  /**
   * @param settle time from a feed to its durable copy
   * @param retention for which the copy is kept at least
   */
  public StoredFeeds(
      SinkDatabase database,
      RedisAddress redis,
      IdKinds kinds,
      Duration settle,
      Duration retention) {
    this.database = database;
    this.zsets = new Zsets(redis, kinds);
    this.users = kinds.users();
    this.settle = settle;
    this.retention = retention;
  }

  @Override
  public Surface surface() {
    return Surface.FEEDS_POSTGRES;
  }

  @Override
  public Map<Id, Copy<Entries>> read(IdBucket bucket, Collection<Id> known) throws SQLException {
    return read(bucket.isCountable() ? bucket.ids() : Ids.of(known));
  }

  @Override
  public Map<Id, Copy<Entries>> read(Ids ids) throws SQLException {
    long oldest = Instant.now().minus(retention).toEpochMilli() * 1_000;
    long end = database.ask(StoredFeeds::end);
    Map<Id, Copy<Entries>> copies = new HashMap<>();
    zsets
        .feeds(ids)
        .forEach(
            (user, feed) ->
                copies.put(
                    user,
                    new FeedCopy(
                        Math.max(feed.mark(), oldest),
                        end,
                        feed.pulled(),
                        new HashMap<>(),
                        new HashSet<>())));
    return database.ask(connection -> withRows(connection, copies));
  }

  private static long end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(END)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Map<Id, Copy<Entries>> withRows(Connection connection, Map<Id, Copy<Entries>> copies)
      throws SQLException {
    Ids readers = Ids.of(copies.keySet());
    Object[] marks = readers.stream().map(user -> ((FeedCopy) copies.get(user)).mark()).toArray();
    try (PreparedStatement statement = connection.prepareStatement(ROWS.formatted(users.sql()))) {
      statement.setFetchSize(10_000);
      statement.setArray(1, users.sql(readers, connection));
      statement.setArray(2, connection.createArrayOf("bigint", marks));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          FeedCopy copy = (FeedCopy) copies.get(Id.ofSql(row.getObject(1)));
          copy.add(Id.ofSql(row.getObject(2)), row.getLong(3));
        }
      }
    }
    return copies;
  }

  @Override
  public Copy<Entries> absent() {
    return FeedCopy.ABSENT;
  }

  @Override
  public Duration settlesWithin() {
    return settle;
  }

  @Override
  public void close() {
    zsets.close();
  }
}
