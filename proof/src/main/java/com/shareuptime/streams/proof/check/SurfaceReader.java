package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A reader of one surface that goes on until it is interrupted, and notes what it must not see. */
abstract class SurfaceReader implements Runnable {
  private final String surface;
  private final long pauseMillis;
  private final Map<Violation, Long> violations = new EnumMap<>(Violation.class);
  private final List<String> examples = new ArrayList<>();
  private final Histogram freshness = new Histogram(3);
  private long reads;
  private long unanswered;

  SurfaceReader(String surface, long pauseMillis) {
    this.surface = surface;
    this.pauseMillis = pauseMillis;
  }

  /** May throw {@link SurfaceAwayException}. */
  abstract void round() throws InterruptedException;

  abstract void close();

  final String surface() {
    return surface;
  }

  @Override
  public final void run() {
    try {
      while (true) {
        try {
          round();
        } catch (SurfaceAwayException e) {
          unansweredRound();
        }
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  final synchronized void read() {
    reads++;
  }

  final synchronized void report(Violation violation, String example) {
    violations.merge(violation, 1L, Long::sum);
    if (examples.size() < Differences.EXAMPLES) {
      examples.add("%s %s %s".formatted(Instant.now(), surface, example));
    }
  }

  final synchronized void seen(Growth growth, Counts counts, long nanoTime) {
    growth.seen(counts, nanoTime, freshness);
  }

  private synchronized void unansweredRound() {
    unanswered++;
  }

  final synchronized Sightings sightings() {
    return new Sightings(
        surface,
        reads,
        unanswered,
        Map.copyOf(violations),
        List.copyOf(examples),
        freshness.copy());
  }
}
