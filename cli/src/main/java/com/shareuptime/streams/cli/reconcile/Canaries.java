package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.PreparedBatch;
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
      select concat(target_type, ':', target_id) as key, coalesce(c.version, 0) as version
      from streams.reconcile_canaries left join streams.counters c using (target_type, target_id)
      order by target_type, target_id
      """;

  private static final String GONE =
      "delete from streams.reconcile_canaries where concat(target_type, ':', target_id) = ?";

  /**
   * Which writes of a target are there, as versions.
   *
   * @param key type and id
   */
  private record Written(String key, long row, long hash) {
    boolean isNewerThan(Written other) {
      return row > other.row && hash > other.hash;
    }
  }

  /**
   * Asks their owner to write all of them again and waits until it has, for a while; returns how
   * many it has not.
   */
  int putRight() {
    Map<String, Written> before = standing();
    if (before.isEmpty()) {
      return 0;
    }
    repairs.ask(before.keySet().stream().map(ReconcileFinding::ofCanary).toList());
    if (Await.until(PATIENCE, LOOK_EVERY, () -> forgetWritten(before) == 0)) {
      return 0;
    }
    int left = standing().size();
    if (left > 0) {
      progress.println(
          left
              + " counters that --canary has corrupted are not repaired yet; the next run"
              + " asks for it again");
      progress.flush();
    }
    return left;
  }

  /** What was written since it was asked for is as its owner knows it, in both stores. */
  private int forgetWritten(Map<String, Written> before) {
    Collection<Written> now = standing().values();
    List<String> right =
        now.stream()
            .filter(one -> before.containsKey(one.key()))
            .filter(one -> one.isNewerThan(before.get(one.key())))
            .map(Written::key)
            .toList();
    ask(
        handle -> {
          PreparedBatch gone = handle.prepareBatch(GONE);
          right.forEach(gone::add);
          return gone.execute();
        });
    return now.size() - right.size();
  }

  private record Row(String key, long version) {}

  private Map<String, Written> standing() {
    List<Row> rows = ask(handle -> handle.select(STANDING).mapTo(Row.class).list());
    if (rows.isEmpty()) {
      return Map.of();
    }
    try (Jedis redis = Servers.redis(settings)) {
      Map<String, Written> standing = new LinkedHashMap<>();
      rows.forEach(
          row ->
              standing.put(
                  row.key(), new Written(row.key(), row.version(), hash(redis, row.key()))));
      return standing;
    } catch (JedisException e) {
      throw CommandException.unreachable(
          "Redis does not answer whether the counters of --canary are repaired: " + e.getMessage(),
          "Check ./streams status; the next ./streams reconcile goes on with it.",
          e);
    }
  }

  private static long hash(Jedis redis, String key) {
    int id = key.indexOf(':') + 1;
    String subject = key.substring(0, id) + RedisId.write(Id.of(key.substring(id)));
    String version = redis.hget(RedisKey.COUNTERS.of(subject), "v");
    return version != null && version.matches("\\d{1,19}") ? Long.parseLong(version) : 0;
  }

  private <T> T ask(HandleCallback<T, SQLException> question) {
    return Database.sink(settings).ask("streams.reconcile_canaries", question);
  }
}
