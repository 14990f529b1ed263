package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.UnaryOperator;
import redis.clients.jedis.Jedis;

/**
 * Fills the sinks from SQL over and over, as slow and right as it gets, or with a mistake. Stands
 * in for the jobs, whose jars this module does not have.
 */
final class PipelineByHand implements AutoCloseable {
  private static final String UPSERT =
      "insert into streams.counters (target_type, target_id, likes_count, comments_count,"
          + " shares_count, version) values (?, ?, ?, ?, ?, ?) on conflict (target_type, target_id)"
          + " do update set likes_count = excluded.likes_count, comments_count ="
          + " excluded.comments_count, shares_count = excluded.shares_count, version ="
          + " excluded.version";
  private static final String PROGRESS =
      "insert into streams.pipeline_progress (surface, visible_lsn, visible_at)"
          + " values (?, ?::pg_lsn, now()) on conflict (surface) do update set visible_lsn ="
          + " excluded.visible_lsn, visible_at = excluded.visible_at";

  private final Addresses addresses;
  private final UnaryOperator<Counts> mistake;
  private final Thread thread = new Thread(this::run, "pipeline-by-hand");
  private long version = System.currentTimeMillis();

  PipelineByHand(Addresses addresses, UnaryOperator<Counts> mistake) {
    this.addresses = addresses;
    this.mistake = mistake;
    thread.start();
  }

  private void run() {
    try (Connection connection = addresses.connect();
        Jedis redis = addresses.redis()) {
      while (!thread.isInterrupted()) {
        Lsn lsn = WalPosition.read(connection);
        awaitVisible(connection);
        Truth truth = Truth.read(connection);
        version++;
        toPostgres(connection, truth.existing());
        toRedis(redis, truth.existing());
        for (String surface : new String[] {PostgresSurface.NAME, RedisSurface.NAME}) {
          pass(connection, redis, surface, lsn);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pass(Connection connection, Jedis redis, String surface, Lsn lsn)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
      statement.setString(1, surface);
      statement.setString(2, lsn.toString());
      statement.executeUpdate();
    }
    redis.hset("progress", surface, lsn.toString());
  }

  /**
   * A commit is in the WAL a moment before a snapshot sees it: what ran when the position was read
   * must have ended.
   */
  static void awaitVisible(Connection connection) throws SQLException {
    long next = number(connection, "pg_snapshot_xmax(pg_current_snapshot())");
    while (number(connection, "pg_snapshot_xmin(pg_current_snapshot())") < next) {
      Thread.onSpinWait();
    }
  }

  private static long number(Connection connection, String expression) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + expression + "::text::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void toPostgres(Connection connection, Map<Target, Counts> counts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (Map.Entry<Target, Counts> entry : counts.entrySet()) {
        Counts served = mistake.apply(entry.getValue());
        statement.setString(1, entry.getKey().type().label());
        statement.setLong(2, entry.getKey().id());
        statement.setLong(3, served.of(CounterKind.LIKES));
        statement.setLong(4, served.of(CounterKind.COMMENTS));
        statement.setLong(5, served.of(CounterKind.SHARES));
        statement.setLong(6, version);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void toRedis(Jedis redis, Map<Target, Counts> counts) {
    try (var pipeline = redis.pipelined()) {
      counts.forEach(
          (target, right) -> {
            Counts served = mistake.apply(right);
            pipeline.hset(
                "counters:{" + target.key() + "}",
                Map.of(
                    "likes", Long.toString(served.of(CounterKind.LIKES)),
                    "comments", Long.toString(served.of(CounterKind.COMMENTS)),
                    "shares", Long.toString(served.of(CounterKind.SHARES)),
                    "v", "%019d".formatted(version)));
          });
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
