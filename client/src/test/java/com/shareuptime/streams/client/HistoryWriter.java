package com.shareuptime.streams.client;

import com.shareuptime.streams.client.History.Post;
import com.shareuptime.streams.client.History.Zset;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Puts a history into Postgres and Redis, in place of what was there. */
record HistoryWriter(Stores stores) {
  void write(History history) throws SQLException {
    stores.empty();
    try (Connection connection = stores.postgres.getConnection()) {
      people(connection, history);
      posts(connection, history);
    }
    zset(RedisKey.FEED.of(History.READER), history.feed);
    for (long author : history.pulled) {
      stores.redis.sadd(RedisKey.PULL.of(History.READER), Long.toString(author));
      zset(RedisKey.TIMELINE.of(author), history.timelines.get(author));
    }
  }

  private static void people(Connection connection, History history) throws SQLException {
    try (PreparedStatement user =
            connection.prepareStatement(
                "insert into public.users (id, username, display_name, is_active) values (?, ?, '',"
                    + " ?)");
        PreparedStatement follow =
            connection.prepareStatement(
                "insert into public.follows (follower_id, followee_id, status) values (?, ?, ?)")) {
      for (long id = 1; id <= 14; id++) {
        boolean isUnseen = history.unseen.contains(id);
        boolean isActive =
            id == History.READER ? history.seen.contains(id) : !isUnseen || id % 2 == 0;
        user.setLong(1, id);
        user.setString(2, "user" + id);
        user.setBoolean(3, isActive);
        user.addBatch();
        if (id != History.READER && (isUnseen || history.seen.contains(id))) {
          follow.setLong(1, History.READER);
          follow.setLong(2, id);
          follow.setString(3, isUnseen && isActive ? "pending" : "accepted");
          follow.addBatch();
        }
      }
      user.executeBatch();
      follow.executeBatch();
    }
  }

  private static void posts(Connection connection, History history) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into public.posts (id, author_id, content, is_deleted, visibility, created_at)
            values (?, ?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond')
            """)) {
      for (Post post : history.posts.values()) {
        boolean isDeleted = !post.isShown() && post.id() % 2 == 0;
        insert.setLong(1, post.id());
        insert.setLong(2, post.author());
        insert.setString(3, "post " + post.id());
        insert.setBoolean(4, isDeleted);
        insert.setString(
            5,
            !post.isShown() && !isDeleted
                ? "private"
                : post.id() % 3 == 0 ? "followers" : "public");
        insert.setLong(6, post.createdAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void zset(String key, Zset zset) {
    Map<String, Double> members = new HashMap<>();
    zset.entries().forEach((id, at) -> members.put(id.toString(), (double) at));
    if (zset.mark() != null) {
      members.put(FeedZset.SENTINEL, (double) zset.mark());
    }
    if (!members.isEmpty()) {
      stores.redis.zadd(key, members);
    }
  }
}
