package com.shareuptime.streams.sink;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a sink tells of itself. {@code lastSuccessAgeMs} is 0 while nothing waits, so it is a plain
 * alarm: a sink that waits and does not succeed.
 */
final class SinkMetrics {
  private static final int WINDOW = 1000;

  private final Histogram flushLatencyMs = new DescriptiveStatisticsHistogram(WINDOW);
  private final Histogram batchSize = new DescriptiveStatisticsHistogram(WINDOW);
  private final Counter written = new SimpleCounter();
  private final Counter failures = new SimpleCounter();
  private final Counter coalesced = new SimpleCounter();
  private final Counter condensed = new SimpleCounter();
  private final Counter rejected = new SimpleCounter();
  private volatile long lastSuccess = System.nanoTime();
  private volatile int pending;

  SinkMetrics(MetricGroup group) {
    group.histogram("flushLatencyMs", flushLatencyMs);
    group.histogram("batchSize", batchSize);
    group.counter("writtenKeys", written);
    group.counter("flushFailures", failures);
    group.counter("coalescedWrites", coalesced);
    group.counter("condensedWrites", condensed);
    group.counter("rejectedWrites", rejected);
    group.gauge("pendingKeys", (Gauge<Integer>) () -> pending);
    group.gauge("lastSuccessAgeMs", (Gauge<Long>) this::lastSuccessAgeMs);
  }

  private long lastSuccessAgeMs() {
    return pending == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastSuccess);
  }

  /** By the task's thread. */
  void pending(int keys) {
    if (pending == 0 && keys > 0) {
      lastSuccess = System.nanoTime();
    }
    pending = keys;
  }

  /** By the task's thread. */
  void coalesced() {
    coalesced.inc();
  }

  /** By the task's thread. */
  void condensed(int values) {
    condensed.inc(values);
  }

  /** By the task's thread. */
  void rejected() {
    rejected.inc();
  }

  /** By the writer's thread. */
  void succeeded(int keys, long nanos) {
    lastSuccess = System.nanoTime();
    if (keys > 0) {
      written.inc(keys);
      batchSize.update(keys);
      flushLatencyMs.update(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** By the writer's thread. */
  void failed() {
    failures.inc();
  }
}
