package com.shareuptime.streams.proof.bench.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Times of single actions, to one in a thousand. For use by one thread at a time. */
public final class Latencies {
  private final Histogram micros = new Histogram(3);

  public void add(long nanos) {
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  public long count() {
    return micros.getTotalCount();
  }

  public double p50Millis() {
    return micros.getValueAtPercentile(50) / 1e3;
  }

  public double p99Millis() {
    return micros.getValueAtPercentile(99) / 1e3;
  }
}
