package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.counters.total.TruthChange.GenerationComplete;
import java.util.ArrayList;
import java.util.List;

/**
 * Which generation of each table is complete. News of one takes effect when the watermark of the
 * rows reaches the heartbeat that brought it: only then are all rows of that generation counted.
 */
final class CompleteGenerations {
  /** Told when a table's complete generation has moved. */
  interface Moved {
    void to(CdcTable table, long generation) throws Exception;
  }

  private final long[] complete = new long[CdcTable.values().length];
  private final List<GenerationComplete> pending = new ArrayList<>();

  void observe(GenerationComplete news) {
    if (news.generation() > complete(news.table()) && !pending.contains(news)) {
      pending.add(news);
    }
  }

  /** The complete generation of a table, 0 while none is known. */
  long complete(CdcTable table) {
    return complete[table.ordinal()];
  }

  /** Applies what takes effect at or before {@code watermark}. */
  void advance(long watermark, Moved moved) throws Exception {
    if (pending.isEmpty()) {
      return;
    }
    List<GenerationComplete> due =
        pending.stream().filter(news -> news.effectiveAt() <= watermark).toList();
    pending.removeAll(due);
    for (GenerationComplete news : due) {
      if (news.generation() > complete(news.table())) {
        complete[news.table().ordinal()] = news.generation();
        moved.to(news.table(), news.generation());
      }
    }
  }

  /** What is known and what is pending; restored by {@link #observe}, then {@link #advance}. */
  List<TruthChange> toState() {
    List<TruthChange> known = new ArrayList<>(pending);
    for (CdcTable table : CdcTable.values()) {
      if (complete(table) > 0) {
        known.add(new GenerationComplete(table, complete(table), Long.MIN_VALUE));
      }
    }
    return known;
  }
}
