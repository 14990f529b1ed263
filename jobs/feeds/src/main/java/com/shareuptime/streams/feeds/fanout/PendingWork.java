package com.shareuptime.streams.feeds.fanout;

import com.shareuptime.streams.contract.Id;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/**
 * The long work of a subtask that is not done yet, for metrics alone: after a restart it fills by
 * itself, as each author's next step comes. Read by other threads.
 */
final class PendingWork {
  private record Work(long sinceMillis, int chunks) {}

  private final Map<Id, Work> works = new ConcurrentHashMap<>();

  /** Takes note of an author after a step, or of one whose work is done. */
  void note(Id author, int chunksLeft, boolean changes, long nowMillis) {
    if (changes) {
      works.merge(
          author,
          new Work(nowMillis, chunksLeft),
          (before, now) -> new Work(before.sinceMillis, chunksLeft));
    } else {
      works.remove(author);
    }
  }

  /** Chunks of the stages that authors are in. */
  long chunks() {
    return works.values().stream().mapToLong(Work::chunks).sum();
  }

  /** Milliseconds since the oldest of the work was begun, 0 if there is none. */
  long oldestMillis(long nowMillis) {
    return works.values().stream().mapToLong(work -> nowMillis - work.sinceMillis).max().orElse(0);
  }

  void register(MetricGroup metrics) {
    metrics.gauge("pendingChunks", this::chunks);
    metrics.gauge("oldestPendingMs", () -> oldestMillis(System.currentTimeMillis()));
  }
}
