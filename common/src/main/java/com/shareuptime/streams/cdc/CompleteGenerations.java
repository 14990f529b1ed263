package com.shareuptime.streams.cdc;

import com.shareuptime.streams.contract.CounterKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which generation of each table is complete. News of one takes effect when the watermark of the
 * rows reaches the heartbeat that brought it: only then are all rows of that generation known.
 */
public final class CompleteGenerations {
  /** Told when a table's complete generation has moved. */
  public interface Moved {
    /** Rows of {@code table} below {@code generation} are gone. */
    void to(CdcTable table, long generation) throws Exception;
  }

  /** By the number of the table; as long as the highest of which one is known. */
  private long[] complete = new long[CdcTable.FIXED.size()];

  private final Set<CdcTable> tables = new TreeSet<>();
  private final List<GenerationComplete> pending = new ArrayList<>();

  /** Takes news, whether new or a repeat. */
  public void observe(GenerationComplete news) {
    if (news.generation() > complete(news.table()) && !pending.contains(news)) {
      pending.add(news);
    }
  }

  /** The complete generation of a table, 0 while none is known. */
  public long complete(CdcTable table) {
    return complete(table.number());
  }

  /** The same of the table with the rows of a counter. */
  public long complete(CounterKind counter) {
    return complete(CdcTable.numberOf(counter));
  }

  private long complete(int number) {
    return number < complete.length ? complete[number] : 0;
  }

  /** Applies what takes effect at or before {@code watermark}. */
  public void advance(long watermark, Moved moved) throws Exception {
    if (pending.isEmpty()) {
      return;
    }
    List<GenerationComplete> due =
        pending.stream().filter(news -> news.effectiveAt() <= watermark).toList();
    pending.removeAll(due);
    for (GenerationComplete news : due) {
      if (news.generation() > complete(news.table())) {
        int number = news.table().number();
        if (number >= complete.length) {
          complete = Arrays.copyOf(complete, number + 1);
        }
        complete[number] = news.generation();
        tables.add(news.table());
        moved.to(news.table(), news.generation());
      }
    }
  }

  /** What is known and what is pending; restored by {@link #observe}, then {@link #advance}. */
  public List<GenerationComplete> toState() {
    List<GenerationComplete> known = new ArrayList<>(pending);
    for (CdcTable table : tables) {
      known.add(new GenerationComplete(table, complete(table), Long.MIN_VALUE));
    }
    return known;
  }
}
