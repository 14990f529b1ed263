package com.shareuptime.streams.client;

import com.shareuptime.streams.client.History.Post;
import com.shareuptime.streams.client.History.Zset;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisId;
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
    zset(RedisKey.FEED.of(history.reader), history.feed);
    for (Id author : history.pulled) {
      stores.redis.sadd(RedisKey.PULL.of(history.reader), RedisId.write(author));
      zset(RedisKey.TIMELINE.of(author), history.timelines.get(author));
    }
  }

  private void people(Connection connection, History history) throws SQLException {
    try (PreparedStatement user = connection.prepareStatement(stores.schema.user);
        PreparedStatement follow = connection.prepareStatement(stores.schema.follow)) {
      for (long number = 1; number <= 14; number++) {
        Id id = history.ids.of(number);
        boolean isUnseen = history.unseen.contains(id);
        boolean isActive =
            id.equals(history.reader)
                ? history.seen.contains(id)
                : !isUnseen || number % 2 == 0 || stores.schema == Schema.UUIDS;
        user.setObject(1, id.sql());
        user.setString(2, "user" + id);
        user.setBoolean(3, isActive);
        user.addBatch();
        if (!id.equals(history.reader) && (isUnseen || history.seen.contains(id))) {
          follow.setObject(1, history.reader.sql());
          follow.setObject(2, id.sql());
          follow.setString(3, isUnseen && isActive ? "pending" : "accepted");
          follow.addBatch();
        }
      }
      user.executeBatch();
      follow.executeBatch();
    }
  }

  private void posts(Connection connection, History history) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(stores.schema.post)) {
      for (Post post : history.posts.values()) {
        boolean isDeleted = !post.isShown() && post.id().bits() % 2 == 0;
        insert.setObject(1, post.id().sql());
        insert.setObject(2, post.author().sql());
        insert.setString(3, "post " + post.id());
        insert.setBoolean(4, isDeleted);
        insert.setString(
            5,
            !post.isShown() && !isDeleted
                ? "private"
                : post.id().bits() % 3 == 0 ? "followers" : "public");
        insert.setLong(6, post.createdAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void zset(String key, Zset zset) {
    Map<String, Double> members = new HashMap<>();
    zset.entries().forEach((id, at) -> members.put(RedisId.write(id), (double) at));
    if (zset.mark() != null) {
      members.put(FeedZset.SENTINEL, (double) zset.mark());
    }
    if (!members.isEmpty()) {
      stores.redis.zadd(key, members);
    }
  }
}
