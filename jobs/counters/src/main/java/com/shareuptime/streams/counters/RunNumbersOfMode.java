package com.shareuptime.streams.counters;

import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WritingSubtask;

/**
 * Run numbers as a run of one mode draws them. A run without events does not read again what a run
 * with events has written since its checkpoint: that is a loss like one of a store, and all is to
 * be written again. So the name of losses tells in that mode which run with events was the newest.
 *
 * @param numbers where they come from
 */
public record RunNumbersOfMode(RunNumbers numbers, CounterMode mode) implements RunNumbers {
  private static final long serialVersionUID = 1L;

  /** Draws beside {@link #TOTALS} in every run that takes events. */
  private static final String EVENTS = "totals-with-events";

  /** The writer of counts, as it draws its numbers. */
  public static final String TOTALS = "totals";

  @Override
  public long next() throws Exception {
    return numbers.next();
  }

  @Override
  public long next(WritingSubtask subtask) throws Exception {
    long number = numbers.next(subtask);
    if (mode.usesEvents() && subtask.writer().equals(TOTALS)) {
      numbers.next(new WritingSubtask(subtask.job(), EVENTS, subtask.index(), subtask.count()));
    }
    return number;
  }

  @Override
  public long newest(String job, String writer) throws Exception {
    return numbers.newest(job, writer);
  }

  @Override
  public String losses(String job) throws Exception {
    String losses = numbers.losses(job);
    return mode.usesEvents() ? losses : losses + "/" + numbers.newest(job, EVENTS);
  }
}
