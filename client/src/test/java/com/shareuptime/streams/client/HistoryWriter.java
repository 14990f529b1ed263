package com.shareuptime.streams.client;

import com.shareuptime.streams.client.History.Post;
import com.shareuptime.streams.client.History.Zset;
import com.shareuptime.streams.contract.Id;
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
    for (Id author : history.pulled) {
      stores.redis.sadd(RedisKey.PULL.of(History.READER), author.toString());
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
      for (long number = 1; number <= 14; number++) {
        Id id = Id.of(number);
        boolean isUnseen = history.unseen.contains(id);
        boolean isActive =
            id.equals(History.READER) ? history.seen.contains(id) : !isUnseen || number % 2 == 0;
        user.setObject(1, id.sql());
        user.setString(2, "user" + id);
        user.setBoolean(3, isActive);
        user.addBatch();
        if (!id.equals(History.READER) && (isUnseen || history.seen.contains(id))) {
          follow.setObject(1, History.READER.sql());
          follow.setObject(2, id.sql());
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
        boolean isDeleted = !post.isShown() && post.id().number() % 2 == 0;
        insert.setObject(1, post.id().sql());
        insert.setObject(2, post.author().sql());
        insert.setString(3, "post " + post.id());
        insert.setBoolean(4, isDeleted);
        insert.setString(
            5,
            !post.isShown() && !isDeleted
                ? "private"
                : post.id().number() % 3 == 0 ? "followers" : "public");
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
