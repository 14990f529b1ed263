package com.shareuptime.streams.version;

import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** The run of one writing subtask, which is above every run in its state, and its versions. */
public final class WritingRun {
  /** The run of each subtask: a new one must be above them all. */
  private static final ListStateDescriptor<Long> RUNS =
      new ListStateDescriptor<>("runs", Types.LONG);

  /** More than anybody changes a value by hand; 2 billion leaps fit a run. */
  private static final long LEAP = 1_000;

  private final long highestKnown;
  private long number;
  private long writes;

  private WritingRun(long highestKnown) {
    this.highestKnown = highestKnown;
  }

  /** A run above those that a state knows; it has no number until it {@link #begin begins}. */
  public static WritingRun after(OperatorStateStore store) throws Exception {
    long highest = 0;
    for (Long drawn : store.getUnionListState(RUNS).get()) {
      highest = Math.max(highest, drawn);
    }
    return new WritingRun(highest);
  }

  /**
   * Draws the number.
   *
   * @throws Exception if the server that hands numbers out refuses
   */
  public void begin(RunNumbers numbers) throws Exception {
    do {
      number = numbers.next();
    } while (number <= highestKnown);
  }

  /**
   * Draws the number, which the subtasks that start together may share.
   *
   * @throws Exception if the server that hands numbers out refuses
   */
  public void begin(RunNumbers numbers, WritingSubtask subtask) throws Exception {
    do {
      number = numbers.next(subtask);
    } while (number <= highestKnown);
  }

  public long number() {
    return number;
  }

  /** The version of the next write. */
  public long nextVersion() {
    return WriteVersion.of(number, writes++);
  }

  /**
   * Leaves versions out, so that the next write is above a value that was spoiled by hand:
   * OpenSearch counts the version up by one at each such change.
   */
  public void leap() {
    writes += LEAP;
  }

  /** Keeps the number in a snapshot. */
  public void note(OperatorStateStore store) throws Exception {
    store.getUnionListState(RUNS).update(List.of(number));
  }
}
