package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Spoils counters of a reserved range before a run, as whoever spoils them would: a thousand likes
 * too many, under the version that is there. What does not find them finds nothing else either.
 * Each is noted first, so that {@link Canaries} puts it right whatever becomes of the run.
 */
record Canary(Settings settings, IdKinds kinds, Target.Type type, Ids ids) {
  private static final long TOO_MANY = 1_000;

  private static final String NOTE =
      "insert into streams.reconcile_canaries (target_type, target_id) values (?, ?)"
          + " on conflict do nothing";

  private static final String SPOIL =
      """
      insert into streams.counters (target_type, target_id, likes_count, version)
      values (?, ?, ?, 1)
      on conflict (target_type, target_id) do update
      set likes_count = counters.likes_count + excluded.likes_count, deleted_at = null
      """;

  /** Before all that was never compared: so it is in the slice, however thin that is. */
  private static final String NEXT =
      "update streams.reconcile_buckets set compared_at = '-infinity'"
          + " where scope = upper(?) || '_COUNTERS' and exists (select from unnest(?::%1$s[]) i (id)"
          + " where id between first_id::%1$s and last_id::%1$s)";

  /** What {@code streams.reconcile_findings} has as the repair of what was spoiled on purpose. */
  static final String MARK = "canary";

  /**
   * What was spoiled.
   *
   * @param rows as surface and key
   */
  record Planted(Set<Row> rows, Instant at) {
    /** Which of them a run has found. */
    List<ReconcileFinding> foundIn(List<ReconcileFinding> findings) {
      return findings.stream()
          .filter(this::isOne)
          .map(finding -> finding.withRepair(MARK))
          .toList();
    }

    private boolean isOne(ReconcileFinding finding) {
      return finding.isProven() && rows.contains(new Row(finding.surface(), finding.key()));
    }
  }

  record Row(String surface, String key) {}

  /**
   * How it went.
   *
   * @param seconds from the spoiling until the run had ended
   */
  record Outcome(int planted, int found, double seconds) {
    boolean isBlind() {
      return found < planted;
    }

    @Override
    public String toString() {
      return "canary: %d of %d corrupt rows found, %.1f s after they were corrupted"
          .formatted(found, planted, seconds);
    }
  }

  Planted plant() {
    Database.sink(settings).ask(handle -> handle.inTransaction(this::spoilRows), Canary::failed);
    try {
      spoilHashes();
    } catch (JedisException e) {
      throw failed(e);
    }
    Set<Row> rows =
        ids.stream()
            .map(id -> new Target(type, id).key())
            .flatMap(
                key ->
                    List.of(
                        new Row(Surface.COUNTERS_POSTGRES.label(), key),
                        new Row(Surface.COUNTERS_REDIS.label(), key))
                        .stream())
            .collect(Collectors.toSet());
    return new Planted(rows, Instant.now());
  }

  private static CommandException failed(Exception cause) {
    return CommandException.unreachable(
        "The canary cannot corrupt its rows: " + cause.getMessage(),
        "Check ./streams status; only the counters job and --canary write its range.",
        cause);
  }

  private int spoilRows(Handle handle) {
    PreparedBatch notes = handle.prepareBatch(NOTE);
    PreparedBatch spoils = handle.prepareBatch(SPOIL);
    for (Id id : ids) {
      Id kept = kinds.targets().convert(id);
      notes.add(type.label(), kept);
      spoils.add(type.label(), kept, TOO_MANY);
    }
    return notes.execute().length
        + spoils.execute().length
        + handle.execute(NEXT.formatted(kinds.of(type).sql()), type.label(), ids);
  }

  private void spoilHashes() {
    try (Jedis redis = Servers.redis(settings)) {
      for (Id id : ids) {
        String key = RedisKey.COUNTERS.of(new Target(type, id));
        redis.hincrBy(key, "likes", TOO_MANY);
        redis.hsetnx(key, "v", "0000000000000000001");
        redis.hdel(key, "deleted");
      }
    }
  }

  Outcome outcome(Planted planted, ReconcileView view) {
    return new Outcome(
        planted.rows().size(),
        planted.foundIn(view.findings()).size(),
        Duration.between(planted.at(), Instant.now()).toMillis() / 1_000.0);
  }
}
