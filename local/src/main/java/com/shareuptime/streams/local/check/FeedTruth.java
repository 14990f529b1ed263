package com.shareuptime.streams.local.check;

import com.shareuptime.streams.local.check.FeedPages.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users' feeds are by the contract, from SQL over the product's tables. */
final class FeedTruth {
  /** Whom a user reads, himself too, and the rows that say so. */
  static final String READ_AUTHORS =
      """
      select f.follower_id as user_id, f.followee_id as author_id, f.xmin::text as followed
      from public.follows f where f.status = 'accepted'
      union all
      select u.id, u.id, '' from public.users u
      """;

  private static final String FEEDS =
      """
      select user_id, id, position, rows
      from (
        select s.user_id, p.id,
               (extract(epoch from p.created_at) * 1000000)::bigint as position,
               concat_ws('/', p.xmin, a.xmin, s.followed) as rows,
               row_number() over (partition by s.user_id
                                  order by p.created_at desc, p.id desc) as place
        from (%s) s
        join unnest(?::bigint[]) as wanted (user_id) using (user_id)
        join public.users a on a.id = s.author_id and a.is_active
        join public.posts p on p.author_id = a.id and not p.is_deleted
          and p.visibility in ('public', 'followers')
      ) ranked
      where place <= ?
      order by user_id, place
      """
          .formatted(READ_AUTHORS);

  /**
   * An entry and the versions of the rows that put it there: equal only if none of them has been
   * changed, not even there and back.
   */
  record Seen(Entry entry, String rows) {}

  private FeedTruth() {}

  /** The newest entries of each of these users, of one moment. */
  static Map<Long, List<Seen>> read(Connection connection, Collection<Long> users, int newest)
      throws SQLException {
    Map<Long, List<Seen>> feeds = new LinkedHashMap<>();
    users.forEach(user -> feeds.put(user, new ArrayList<>()));
    try (PreparedStatement statement = connection.prepareStatement(FEEDS)) {
      statement.setArray(1, connection.createArrayOf("bigint", users.toArray()));
      statement.setInt(2, newest);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          feeds
              .get(row.getLong(1))
              .add(new Seen(new Entry(row.getLong(2), row.getLong(3)), row.getString(4)));
        }
      }
    }
    return feeds;
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
