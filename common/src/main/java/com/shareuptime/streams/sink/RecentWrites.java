package com.shareuptime.streams.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What was written in the last seconds, numbered by batches. A store answers before what it was
 * sent is safe ({@code appendfsync everysec}, an asynchronous replica), so it may take back what it
 * had confirmed.
 */
final class RecentWrites<T> {
  private record Batch<T>(long number, long at, List<T> values) {}

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

  void add(long number, List<T> written) {
    batches.addLast(new Batch<>(number, clock.getAsLong(), written));
    size += written.size();
    while (!batches.isEmpty()
        && (size > maxValues || clock.getAsLong() - batches.peekFirst().at() > keepNanos)) {
      size -= batches.removeFirst().values().size();
    }
  }

  /** Whether every batch above {@code number} is here. */
  boolean reachBackTo(long number) {
    return !batches.isEmpty() && batches.peekFirst().number() <= number + 1;
  }

  /**
   * The batches above {@code number}, in the order of their writes. Age is judged when something is
   * added: what an outage has made old is still here.
   */
  List<List<T>> since(long number) {
    List<List<T>> since = new ArrayList<>();
    for (Batch<T> batch : batches) {
      if (batch.number() > number) {
        since.add(batch.values());
      }
    }
    return since;
  }
}
