package com.shareuptime.streams.bench.drill;

import com.shareuptime.streams.bench.drill.FeedEntries.Entry;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import redis.clients.jedis.Jedis;

/** Entries of feeds in Postgres: deleted, and put a second earlier. */
final class FeedRows implements Spoiler {
  private static final String POSITION = "(extract(epoch from inserted_at) * 1000000)::bigint";
  private static final String ROW = " where user_id = ? and post_id = ?";
  private static final String DELETE =
      "delete from streams.user_feeds" + ROW + " returning '" + ABSENT + "'";
  private static final String MOVE =
      "update streams.user_feeds set inserted_at = inserted_at - interval '1 second'"
          + ROW
          + " returning "
          + POSITION;
  private static final String READ = "select " + POSITION + " from streams.user_feeds" + ROW;

  private final Connection connection;
  private final Jedis redis;
  private final FeedEntries entries;

  FeedRows(Addresses addresses) throws SQLException {
    this.connection = addresses.connect();
    this.redis = addresses.redis();
    this.entries = new FeedEntries(connection, redis);
  }

  @Override
  public String surface() {
    return "feeds.postgres";
  }

  @Override
  public List<Spoiled> spoil(int rows, SplittableRandom random) throws SQLException {
    List<Spoiled> spoiled = new ArrayList<>();
    for (Entry entry : entries.choose(rows, random)) {
      String left = ask(random.nextBoolean() ? DELETE : MOVE, entry.user(), entry.post());
      if (left != null) { // else it is on its way to the table
        spoiled.add(new Spoiled(surface(), entry.key(), entry.post(), entry.rows(), left));
      }
    }
    return spoiled;
  }

  private String ask(String sql, long user, long post) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, user);
      statement.setLong(2, post);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() ? answer.getString(1) : null;
      }
    }
  }

  @Override
  public String read(Spoiled row) throws SQLException {
    String now = ask(READ, row.id(), row.entry());
    return now == null ? ABSENT : now;
  }

  @Override
  public boolean isStillWrong(Spoiled row) throws SQLException {
    return entries.isStillDemanded(row);
  }

  @Override
  public void close() throws SQLException {
    redis.close();
    connection.close();
  }
}
