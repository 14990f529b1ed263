package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counters that are spoiled on purpose and not seen to be right again: of this command, or of one
 * that was killed. They are in {@code streams.reconcile_canaries} until their owner has written
 * them.
 */
record Canaries(Settings settings, Repairs repairs, PrintWriter progress) {
  /** For the owner; it writes Postgres every few seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final String STANDING =
      """
      select target_type, target_id, coalesce(c.version, 0)
      from streams.reconcile_canaries left join streams.counters c using (target_type, target_id)
      order by target_type, target_id
      """;

  private static final String GONE =
      "delete from streams.reconcile_canaries where target_type = ? and target_id = ?";

  private record Target(String type, long id) {
    String key() {
      return type + ":" + id;
    }
  }

  /** Which writes are there, as versions. */
  private record Written(long row, long hash) {
    boolean isNewerThan(Written other) {
      return row > other.row && hash > other.hash;
    }
  }

  /**
   * Asks their owner to write all of them again and waits until it has, for a while; returns how
   * many it has not.
   */
  int putRight() {
    Map<Target, Written> before = standing();
    if (before.isEmpty()) {
      return 0;
    }
    repairs.ask(before.keySet().stream().map(one -> ReconcileFinding.ofCanary(one.key())).toList());
    Instant deadline = Instant.now().plus(PATIENCE);
    int left = forgetWritten(before);
    while (left > 0 && Instant.now().isBefore(deadline)) {
      Await.pause(LOOK_EVERY);
      left = forgetWritten(before);
    }
    if (left > 0) {
      progress.println(
          "%d counters that --canary has corrupted are not repaired yet; the next run"
              + " asks for it again".formatted(left));
      progress.flush();
    }
    return left;
  }

  /** What was written since it was asked for is as its owner knows it, in both stores. */
  private int forgetWritten(Map<Target, Written> before) {
    Map<Target, Written> now = standing();
    List<Target> right =
        now.entrySet().stream()
            .filter(one -> before.containsKey(one.getKey()))
            .filter(one -> one.getValue().isNewerThan(before.get(one.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    forget(right);
    return now.size() - right.size();
  }

  private Map<Target, Written> standing() {
    Map<Target, Long> rows = rows();
    if (rows.isEmpty()) {
      return Map.of();
    }
    try (Jedis redis = Servers.redis(settings)) {
      return rows.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  row -> new Written(row.getValue(), hash(redis, row.getKey())),
                  (one, same) -> one,
                  LinkedHashMap::new));
    } catch (JedisException e) {
      throw CommandException.unreachable(
          "Redis does not answer whether the counters of --canary are repaired: " + e.getMessage(),
          "Check ./streams status; the next ./streams reconcile goes on with it.",
          e);
    }
  }

  private static long hash(Jedis redis, Target target) {
    String version = redis.hget(RedisKey.COUNTERS.of(target.key()), "v");
    return version != null && version.matches("\\d{1,19}") ? Long.parseLong(version) : 0;
  }

  private Map<Target, Long> rows() {
    try (Connection connection = Database.sink(settings).connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STANDING)) {
      Map<Target, Long> rows = new LinkedHashMap<>();
      while (row.next()) {
        rows.put(new Target(row.getString(1), row.getLong(2)), row.getLong(3));
      }
      return rows;
    } catch (SQLException e) {
      throw away(e);
    }
  }

  private void forget(List<Target> targets) {
    if (targets.isEmpty()) {
      return;
    }
    try (Connection connection = Database.sink(settings).connect();
        PreparedStatement gone = connection.prepareStatement(GONE)) {
      for (Target target : targets) {
        gone.setString(1, target.type());
        gone.setLong(2, target.id());
        gone.addBatch();
      }
      gone.executeBatch();
    } catch (SQLException e) {
      throw away(e);
    }
  }

  private CommandException away(SQLException e) {
    return CommandException.unreachable(
        Database.sink(settings)
            + " does not answer for streams.reconcile_canaries: "
            + e.getMessage(),
        "Check ./streams status, and that ./streams migrate has created the table.",
        e);
  }
}
