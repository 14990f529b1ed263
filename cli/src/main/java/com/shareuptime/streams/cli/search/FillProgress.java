package com.shareuptime.streams.cli.search;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Says now and then how far the filling of an index is. Times are {@link System#nanoTime}. */
final class FillProgress {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(2);

  private final String index;
  private long toldAt;
  private long firstAt;
  private long firstWritten = -1;

  FillProgress(String index, long now) {
    this.index = index;
    this.toldAt = now;
  }

  /**
   * A line, if it is time for one.
   *
   * @param expected documents in the index that is served
   */
  Optional<String> line(long written, long expected, long now) {
    if (firstWritten < 0 && written > 0) {
      firstWritten = written;
      firstAt = now;
    }
    if (now - toldAt < EVERY) {
      return Optional.empty();
    }
    toldAt = now;
    if (firstWritten < 0) {
      return Optional.of(index + ": reading the topics");
    }
    double seconds = Math.max(1, now - firstAt) / 1e9;
    double rate = (written - firstWritten) / seconds;
    long left = Math.max(0, expected - written);
    String remaining = rate < 1 ? "" : ", %,d s left".formatted((long) Math.ceil(left / rate));
    return Optional.of(
        "%s: %,d of about %,d documents, %,.0f/s%s"
            .formatted(index, Math.min(written, expected), expected, rate, remaining));
  }
}
