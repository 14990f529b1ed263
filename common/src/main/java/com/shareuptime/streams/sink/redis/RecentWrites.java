package com.shareuptime.streams.sink.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What was written in the last seconds. Redis answers before its log is on disk ({@code appendfsync
 * everysec}), so a restart may take back what it had confirmed.
 */
final class RecentWrites<T> {
  private record Batch<T>(long at, List<T> values) {}

  private final long keepNanos;
  private final int maxValues;
  private final LongSupplier clock;
  private final Deque<Batch<T>> batches = new ArrayDeque<>();
  private int size;

  RecentWrites(long keepNanos, int maxValues, LongSupplier clock) {
    this.keepNanos = keepNanos;
    this.maxValues = maxValues;
    this.clock = clock;
  }

  void add(List<T> written) {
    if (!written.isEmpty()) {
      batches.addLast(new Batch<>(clock.getAsLong(), written));
      size += written.size();
    }
    while (!batches.isEmpty()
        && (size > maxValues || clock.getAsLong() - batches.peekFirst().at() > keepNanos)) {
      size -= batches.removeFirst().values().size();
    }
  }

  /**
   * In the order of their writes. Age is judged when something is added: what an outage has made
   * old is still here.
   */
  List<List<T>> all() {
    List<List<T>> all = new ArrayList<>();
    batches.forEach(batch -> all.add(batch.values()));
    return all;
  }
}
