package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.check.FeedPages.Entry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What users' feeds are by the contract, from SQL over the product's tables. */
public final class FeedTruth {
  /** Posts by user: whom a user reads, himself too, and the rows that say so. */
  static final String ENTRIES =
      """
      (select f.follower_id as user_id, f.followee_id as author_id, f.xmin::text as followed
       from public.follows f where f.status = 'accepted'
       union all
       select u.id, u.id, '' from public.users u) s using (user_id)
      join public.users a on a.id = s.author_id and a.is_active
      join public.posts p on p.author_id = a.id and not p.is_deleted
        and p.visibility in ('public', 'followers')""";

  private static final String FEEDS =
      """
      select user_id, id, position, author_id, rows
      from (
        select s.user_id, p.id, %s as position, p.author_id,
               concat_ws('/', p.xmin, a.xmin, s.followed) as rows,
               row_number() over (partition by s.user_id
                                  order by p.created_at desc, p.id desc) as place
        from unnest(?::bigint[]) as wanted (user_id) join %s
      ) ranked
      where place <= ?
      order by user_id, place
      """
          .formatted(Truth.micros("p.created_at"), ENTRIES);

  /** A post that a transaction creates has the time of its begin, which may lie before. */
  private static final String NOW =
      """
      select pg_current_snapshot()::text,
             (extract(epoch from clock_timestamp() - interval '1 second') * 1000000)::bigint
      """;

  private static final String CHANGED =
      """
      select served.id
      from (select ?::pg_snapshot as seen) s,
           unnest(?::bigint[], ?::bigint[]) as served (id, position)
      left join public.posts p using (id)
      left join public.users a on a.id = p.author_id
      left join public.follows f on f.follower_id = ? and f.followee_id = a.id
      where p.id is null and served.position > ?
        or not (pg_visible_in_snapshot(p.xmin::text::xid8, s.seen)
                and pg_visible_in_snapshot(a.xmin::text::xid8, s.seen)
                and (f.xmin is null or pg_visible_in_snapshot(f.xmin::text::xid8, s.seen)))
      """;

  /**
   * An entry and the versions of the rows that put it there: equal only if none of them has been
   * changed, not even there and back.
   */
  public record Seen(Entry entry, long author, String rows) {}

  private FeedTruth() {}

  /** The newest entries of each of these users, of one moment. */
  public static Map<Long, List<Seen>> read(
      Connection connection, Collection<Long> users, int newest) throws SQLException {
    Map<Long, List<Seen>> feeds = new LinkedHashMap<>();
    users.forEach(user -> feeds.put(user, new ArrayList<>()));
    try (PreparedStatement statement = connection.prepareStatement(FEEDS)) {
      statement.setArray(1, bigints(connection, users.stream()));
      statement.setInt(2, newest);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          feeds
              .get(row.getLong(1))
              .add(
                  new Seen(
                      new Entry(row.getLong(2), row.getLong(3)), row.getLong(4), row.getString(5)));
        }
      }
    }
    return feeds;
  }

  /**
   * A moment in the product's database.
   *
   * @param snapshot which transactions can be seen, as Postgres writes it
   * @param micros epoch microseconds after which every post was created that cannot be seen
   */
  record Moment(String snapshot, long micros) {}

  static Moment now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      return new Moment(row.getString(1), row.getLong(2));
    }
  }

  /**
   * Those of these posts that were changed since a moment, themselves, or their author, or that
   * this user follows him, and those that have come and gone since: they may have been in the
   * user's feed for a while.
   */
  static Set<Long> changed(Connection connection, long user, List<Entry> posts, Moment moment)
      throws SQLException {
    Set<Long> changed = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
      statement.setString(1, moment.snapshot());
      statement.setArray(2, bigints(connection, posts.stream().map(Entry::postId)));
      statement.setArray(3, bigints(connection, posts.stream().map(Entry::createdAt)));
      statement.setLong(4, user);
      statement.setLong(5, moment.micros());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          changed.add(row.getLong(1));
        }
      }
    }
    return changed;
  }

  private static Array bigints(Connection connection, Stream<Long> numbers) throws SQLException {
    return connection.createArrayOf("bigint", numbers.toArray());
  }

  static List<Long> users(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select id from public.users order by id")) {
      List<Long> users = new ArrayList<>();
      while (row.next()) {
        users.add(row.getLong(1));
      }
      return users;
    }
  }

  static List<Entry> entries(List<Seen> seen) {
    return seen.stream().map(Seen::entry).toList();
  }
}
