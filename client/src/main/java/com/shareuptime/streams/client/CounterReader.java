package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads the counts of posts, reels and whatever else is counted for: from Redis, and from Postgres
 * while Redis is away. A target that nothing was ever counted for has 0. Ids are as the product has
 * them: UUIDs in lower case. Safe for use by many threads; it owns none of the connections that it
 * is given.
 */
public final class CounterReader {
  /** Where counts were read. */
  public enum Source {
    REDIS,
    POSTGRES
  }

  /**
   * What was read.
   *
   * @param counts of each target that was asked for
   * @param isFresh whether they contain everything up to the position that was asked for; true if
   *     none was
   */
  public record Page(Map<Target, Counts> counts, Source source, boolean isFresh) {
    public Page {
      counts = Map.copyOf(counts);
    }
  }

  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
  private static final CounterTable FIXED = new CounterTable(IdKinds.NUMBERS);

  private volatile long askAgainAt = System.nanoTime();
  private final RedisStore redis;
  private final DataSource sink;
  private final OfKinds<CounterTable> table;
  private final SurfaceWaiter progress;

  /**
   * @param sink the database with {@code streams.counters}
   * @param redis a pooled client with short timeouts; null to read from Postgres alone
   */
  public CounterReader(DataSource sink, UnifiedJedis redis) {
    this.redis = new RedisStore(redis, System::nanoTime);
    this.sink = sink;
    this.table = new OfKinds<>(sink, IdKinds::ofSink, CounterTable::new);
    this.progress = new SurfaceWaiter(sink, this.redis);
  }

  /** How far the surfaces are from which this reads. */
  public SurfaceWaiter progress() {
    return progress;
  }

  /**
   * The counts of one target.
   *
   * @throws UnavailableException if neither Redis nor Postgres answers
   */
  public Counts read(Target target) {
    return read(List.of(target)).counts().get(target);
  }

  /** The counts of many, in one round trip to Redis. */
  public Page read(Collection<Target> targets) {
    Set<Target> asked = new LinkedHashSet<>(targets);
    return fromRedis(asked, true).orElseGet(() -> fromPostgres(asked, true));
  }

  /**
   * The same, once the store shows everything that committed up to a position.
   *
   * @param position see {@link SurfaceWaiter#position}
   * @param timeout after which the counts are read as they are
   */
  public Page readAfter(Collection<Target> targets, Lsn position, Duration timeout)
      throws InterruptedException {
    Set<Target> asked = new LinkedHashSet<>(targets);
    long end = System.nanoTime() + timeout.toNanos();
    if (redis.isUsed()) {
      Optional<Boolean> fresh = progress.waitForInRedis(Surface.COUNTERS_REDIS, position, timeout);
      Optional<Page> page = fresh.flatMap(isFresh -> fromRedis(asked, isFresh));
      if (page.isPresent()) {
        return page.get();
      }
    }
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return fromPostgres(asked, progress.waitFor(Surface.COUNTERS_POSTGRES, position, left));
  }

  private Optional<Page> fromRedis(Set<Target> targets, boolean isFresh) {
    return redis.ask(
        jedis -> {
          Map<Target, Response<Map<String, String>>> hashes = new LinkedHashMap<>();
          try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (Target target : targets) {
              hashes.put(target, pipeline.hgetAll(RedisKey.COUNTERS.of(target)));
            }
          }
          Map<Target, Counts> counts = new LinkedHashMap<>();
          CounterTable known = known();
          hashes.forEach((target, hash) -> counts.put(target, ofHash(hash.get(), known)));
          return new Page(counts, Source.REDIS, isFresh);
        });
  }

  /**
   * Postgres is asked once which counters there are. If it does not answer, those that every
   * product has are read, and it is asked again only after a while: reading Redis must not wait.
   */
  private CounterTable known() {
    if (System.nanoTime() - askAgainAt < 0) {
      return FIXED;
    }
    try {
      return table.get();
    } catch (SQLException e) {
      askAgainAt = System.nanoTime() + ASK_AGAIN.toNanos();
      return FIXED;
    }
  }

  private static Counts ofHash(Map<String, String> hash, CounterTable table) {
    return hash.containsKey("deleted") ? Counts.ZERO : table.counts(hash);
  }

  private Page fromPostgres(Set<Target> targets, boolean isFresh) {
    Map<Target, Counts> counts = new LinkedHashMap<>();
    targets.forEach(target -> counts.put(target, Counts.ZERO));
    try {
      counts.putAll(counted(targets));
    } catch (SQLException e) {
      table.forget();
      throw new UnavailableException(
          "Cannot read the counters of %d targets".formatted(targets.size()), e);
    }
    return new Page(counts, Source.POSTGRES, isFresh);
  }

  private Map<Target, Counts> counted(Set<Target> targets) throws SQLException {
    CounterTable known = table.get();
    Map<Target.Type, Set<Id>> ids = new TreeMap<>();
    for (Target target : targets) {
      // what cannot be an id has no row, as it has no hash in Redis
      if (known.mayHave(target)) {
        ids.computeIfAbsent(target.type(), any -> new TreeSet<>()).add(target.id());
      }
    }
    Map<Target, Counts> counts = new HashMap<>();
    try (Connection connection = sink.getConnection()) {
      for (Map.Entry<Target.Type, Set<Id>> ofType : ids.entrySet()) {
        Target.Type type = ofType.getKey();
        known
            .read(connection, type, Ids.of(ofType.getValue()))
            .forEach((id, found) -> counts.put(new Target(type, id), found));
      }
    }
    return counts;
  }
}
