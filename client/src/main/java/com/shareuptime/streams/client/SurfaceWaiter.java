package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/**
 * How far surfaces are, and waiting for them: a service that has committed waits until the surface
 * that it reads shows that commit. Threads that wait hold no connection, and however many they are,
 * one of them looks for all. Safe for use by many threads.
 */
public final class SurfaceWaiter {
  private static final Set<Surface> IN_REDIS = Set.of(Surface.COUNTERS_REDIS, Surface.FEEDS_REDIS);

  private static final String POSITION = "select pg_current_wal_insert_lsn()::text";
  private static final String VISIBLE =
      "select visible_lsn::text from streams.pipeline_progress where surface = ?";

  private final RedisStore redis;
  private final DataSource sink;
  private final Map<Surface, SurfaceWatch> watches = new EnumMap<>(Surface.class);

  /**
   * @param sink the database with {@code streams.pipeline_progress}
   * @param redis a pooled client with short timeouts; null to ask Postgres alone
   */
  public SurfaceWaiter(DataSource sink, UnifiedJedis redis) {
    this(sink, new RedisStore(redis, System::nanoTime));
  }

  SurfaceWaiter(DataSource sink, RedisStore redis) {
    this.sink = sink;
    this.redis = redis;
    for (Surface surface : Surface.values()) {
      watches.put(surface, new SurfaceWatch(() -> look(surface), System::nanoTime));
    }
  }

  /**
   * The position of the product's database, to be taken after a commit: all that has committed lies
   * before it.
   */
  public static Lsn position(Connection product) throws SQLException {
    try (Statement statement = product.createStatement();
        ResultSet row = statement.executeQuery(POSITION)) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }

  /**
   * Everything that committed at or before this position can be read on the surface; empty if
   * nothing is known of it.
   *
   * @throws UnavailableException if no store could say
   */
  public Optional<Lsn> visible(Surface surface) {
    return look(surface).visible();
  }

  /**
   * Waits until the surface shows everything that committed up to a position; returns whether it
   * does, false after the timeout.
   *
   * @throws UnavailableException if at the end of the timeout no store could say
   */
  public boolean waitFor(Surface surface, Lsn position, Duration timeout)
      throws InterruptedException {
    return watches.get(surface).waitFor(position, timeout, false).orElseThrow();
  }

  /** The same for who will read from Redis: empty as soon as Redis is away. */
  Optional<Boolean> waitForInRedis(Surface surface, Lsn position, Duration timeout)
      throws InterruptedException {
    return watches.get(surface).waitFor(position, timeout, true);
  }

  private SurfaceWatch.Seen look(Surface surface) {
    Optional<Optional<Lsn>> inRedis =
        redis.ask(
            jedis ->
                Optional.ofNullable(jedis.hget(RedisKey.PROGRESS, surface.label()))
                    .map(Lsn::parse));
    // a Redis that has lost its data has lost what it showed, whatever Postgres remembers of it
    if (inRedis.isPresent() && (inRedis.get().isPresent() || IN_REDIS.contains(surface))) {
      return new SurfaceWatch.Seen(inRedis.get(), true);
    }
    try (Connection connection = sink.getConnection();
        PreparedStatement statement = connection.prepareStatement(VISIBLE)) {
      statement.setString(1, surface.label());
      try (ResultSet row = statement.executeQuery()) {
        Optional<Lsn> visible =
            row.next() ? Optional.ofNullable(row.getString(1)).map(Lsn::parse) : Optional.empty();
        return new SurfaceWatch.Seen(visible, inRedis.isPresent());
      }
    } catch (SQLException e) {
      throw new UnavailableException("Cannot read how far " + surface.label() + " is", e);
    }
  }
}
