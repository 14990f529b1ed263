package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.postgres.ConnectedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Adds deliveries to {@code streams.user_feeds}, each row once however often it comes: one
 * statement and one transaction for {@value #ROWS} rows, in the order of the table, so that writers
 * cannot block each other in a circle.
 *
 * <p>Keeps the table's weeks: makes those ahead and drops those past the retention, at every
 * connection and each hour, also in silence. Rows older than the oldest week are skipped and
 * counted; a post beyond the newest week is refused, once for all who have it in their feeds, and
 * the other posts of the delivery are written.
 */
final class UserFeedsWriter extends ConnectedWriter<Delivery> {
  private static final long serialVersionUID = 1L;

  /** Above this a statement is no cheaper a row, but holds its locks for longer. */
  static final int ROWS = 10_000;

  /** So many refused posts are remembered, so that each of their deliveries is not told again. */
  private static final int REFUSED = 1_000;

  private static final Duration MAINTENANCE = Duration.ofHours(1);

  private static final String MAINTAIN =
      "select (extract(epoch from oldest) * 1000000)::bigint, (extract(epoch from newest) *"
          + " 1000000)::bigint from streams.user_feeds_maintain(? * interval '1 second', ?)";

  private static final String INSERT =
      "insert into streams.user_feeds (user_id, post_id, author_id, inserted_at)"
          + " select u, p, a, timestamptz 'epoch' + t * interval '1 microsecond'"
          + " from unnest(?, ?, ?, ?::int8[]) as row (u, p, a, t)"
          + " on conflict (user_id, inserted_at, post_id) do nothing";

  private final IdKinds kinds;
  private final Duration keep;
  private final int weeksAhead;

  private transient Counter inserted;
  private transient Counter repeated;
  private transient Counter pastRetention;
  private transient PreparedStatement insert;
  private transient long maintainedAt;
  private transient long oldest;
  private transient long newest;
  private transient Set<Id> refused;

  /**
   * @param kinds what ids are
   * @param keep how old a row may become
   * @param weeksAhead how many weeks beyond this one can be written
   */
  UserFeedsWriter(PostgresAddress address, IdKinds kinds, Duration keep, int weeksAhead) {
    super(
        address,
        Surface.FEEDS_POSTGRES.label(),
        LostWrites.heldUntil("cancel feed-archive, then ./streams submit feed-archive --fresh"));
    this.kinds = kinds;
    this.keep = keep;
    this.weeksAhead = weeksAhead;
  }

  @Override
  protected void register(MetricGroup metrics) {
    inserted = metrics.counter("insertedRows");
    repeated = metrics.counter("repeatedRows");
    pastRetention = metrics.counter("rowsPastRetention");
  }

  @Override
  protected void connected(Connection connection) throws SQLException {
    maintain(connection);
    insert = connection.prepareStatement(INSERT);
    refused = new HashSet<>();
  }

  private void maintain(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAINTAIN)) {
      statement.setLong(1, keep.toSeconds());
      statement.setInt(2, weeksAhead);
      try (ResultSet range = statement.executeQuery()) {
        range.next();
        oldest = range.getLong(1);
        newest = range.getLong(2);
      }
    }
    maintainedAt = System.nanoTime();
  }

  @Override
  protected List<Rejection<Delivery>> write(Connection connection, List<Delivery> batch)
      throws SQLException {
    if (System.nanoTime() - maintainedAt >= MAINTENANCE.toNanos()) {
      maintain(connection);
    }
    List<Rejection<Delivery>> rejections = new ArrayList<>();
    List<FeedRow> rows = new ArrayList<>(ROWS);
    for (Delivery delivery : batch) {
      for (int i = 0; i < delivery.posts().size(); i++) {
        long at = delivery.positions()[i];
        if (at < oldest) {
          pastRetention.inc(delivery.users().size());
          continue;
        }
        if (at >= newest) {
          if (isNew(delivery.posts().get(i))) {
            rejections.add(tooFarAhead(delivery, i));
          }
          continue;
        }
        Id post = delivery.posts().get(i);
        for (Id user : delivery.users()) {
          rows.add(new FeedRow(user, post, delivery.author(), at));
          if (rows.size() == ROWS) {
            insert(connection, rows);
            rows.clear();
          }
        }
      }
    }
    if (!rows.isEmpty()) {
      insert(connection, rows);
    }
    return rejections;
  }

  private boolean isNew(Id post) {
    if (refused.size() >= REFUSED) {
      refused.clear();
    }
    return refused.add(post);
  }

  private Rejection<Delivery> tooFarAhead(Delivery delivery, int i) {
    return new Rejection<>(
        delivery,
        "post %s is at %d, user_feeds ends at %d (microseconds since the epoch)"
            .formatted(delivery.posts().get(i), delivery.positions()[i], newest));
  }

  private void insert(Connection connection, List<FeedRow> rows) throws SQLException {
    rows.sort(FeedRow.IN_ORDER_OF_THE_TABLE);
    set(connection, 1, rows, FeedRow::user, kinds.users());
    set(connection, 2, rows, FeedRow::post, kinds.posts());
    set(connection, 3, rows, FeedRow::author, kinds.users());
    insert.setObject(4, rows.stream().mapToLong(FeedRow::at).toArray());
    int added = insert.executeUpdate();
    inserted.inc(added);
    repeated.inc(rows.size() - added);
  }

  private void set(
      Connection connection,
      int parameter,
      List<FeedRow> rows,
      Function<FeedRow, Id> column,
      IdKind kind)
      throws SQLException {
    Ids.Builder values = new Ids.Builder();
    for (FeedRow row : rows) {
      values.add(column.apply(row));
    }
    insert.setArray(parameter, kind.sql(values.build(), connection));
  }
}
