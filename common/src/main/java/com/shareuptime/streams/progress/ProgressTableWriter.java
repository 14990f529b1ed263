package com.shareuptime.streams.progress;

import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.postgres.ConnectedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes progress to {@code streams.pipeline_progress}, and tells as a metric how long ago each
 * surface was last verified: {@code verifiedAgeMs}, -1 if never. So the alarm for a verification
 * that no longer happens depends on nothing that may itself have stopped to run.
 */
public abstract class ProgressTableWriter extends ConnectedWriter<Progress> {
  private static final long serialVersionUID = 1L;
  private static final long LOOK_EVERY_NANOS = 5_000_000_000L;

  private static final String AGE =
      "select (extract(epoch from clock_timestamp() - verified_at) * 1000)::bigint"
          + " from streams.pipeline_progress where surface = ? and verified_at is not null";

  private transient MetricGroup metrics;
  private transient Map<Surface, Age> ages;
  private transient long lookedAt;

  /** An age when it was looked at; -1 for none. */
  private record Age(long millis, long lookedAt) {
    long now() {
      return millis < 0 ? millis : millis + (System.nanoTime() - lookedAt) / 1_000_000;
    }
  }

  protected ProgressTableWriter(PostgresAddress address) {
    super(address);
  }

  /** Moves the progress of a surface forward in the source's time, never back. */
  protected abstract void write(Connection connection, Progress progress) throws SQLException;

  @Override
  protected final void register(MetricGroup group) {
    metrics = group;
    ages = new ConcurrentHashMap<>();
    lookedAt = System.nanoTime() - LOOK_EVERY_NANOS;
  }

  @Override
  protected final List<Rejection<Progress>> write(Connection connection, List<Progress> batch)
      throws SQLException {
    boolean looks = System.nanoTime() - lookedAt >= LOOK_EVERY_NANOS;
    for (Progress progress : batch) {
      write(connection, progress);
      if (looks) {
        look(connection, progress.surface());
        lookedAt = System.nanoTime();
      }
    }
    return List.of();
  }

  private void look(Connection connection, Surface surface) throws SQLException {
    try (PreparedStatement age = connection.prepareStatement(AGE)) {
      age.setString(1, surface.label());
      try (ResultSet row = age.executeQuery()) {
        Age seen = new Age(row.next() ? row.getLong(1) : -1, System.nanoTime());
        if (ages.put(surface, seen) == null) {
          metrics
              .addGroup("surface", surface.label())
              .gauge("verifiedAgeMs", (Gauge<Long>) () -> ages.get(surface).now());
        }
      }
    }
  }
}
