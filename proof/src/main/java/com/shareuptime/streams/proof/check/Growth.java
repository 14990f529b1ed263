package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.traffic.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import org.HdrHistogram.Histogram;

/**
 * What one surface owes its readers of one target that only gains rows: a lower bound of its counts
 * by the surface's progress, and when each commit became visible. Safe for use by many threads.
 */
final class Growth {
  private record Commit(Lsn lsn, Change change, int rows) implements Comparable<Commit> {
    @Override
    public int compareTo(Commit other) {
      return lsn.compareTo(other.lsn);
    }
  }

  private record Step(Counts counts, long nanoTime) {}

  private final PriorityQueue<Commit> notPromised = new PriorityQueue<>();
  private final Deque<Step> notSeen = new ArrayDeque<>();
  private Counts committed = Counts.ZERO;
  private Counts promised = Counts.ZERO;

  synchronized void add(Change change, int rows, Lsn lsn) {
    notPromised.add(new Commit(lsn, change, rows));
    committed = change.addTo(committed, rows);
  }

  /** The newest commit, made at {@code nanoTime}, is to be reported by {@link #seen}. */
  synchronized void awaitVisible(Change change, long nanoTime) {
    // only the counter that grew is waited for: the others may lag behind for their own reasons
    CounterKind kind = change.counter().kind();
    notSeen.add(new Step(Counts.ZERO.plus(kind, committed.of(kind)), nanoTime));
  }

  /** The least that a reader must find once he has read {@code progress}, which never falls. */
  synchronized Counts promisedAt(Lsn progress) {
    while (!notPromised.isEmpty() && notPromised.peek().lsn().compareTo(progress) <= 0) {
      Commit commit = notPromised.poll();
      promised = commit.change().addTo(promised, commit.rows());
    }
    return promised;
  }

  synchronized Counts committed() {
    return committed;
  }

  /** Records, in µs, how long the commits took that these counts show for the first time. */
  synchronized void seen(Counts counts, long nanoTime, Histogram micros) {
    notSeen.removeIf(
        step -> {
          boolean visible = counts.reaches(step.counts());
          if (visible) {
            micros.recordValue(Math.max(0, (nanoTime - step.nanoTime()) / 1_000));
          }
          return visible;
        });
  }
}
