package com.shareuptime.streams.simulation;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** What a checkpoint holds: the state of each operator's subtasks, and where sources stood. */
public final class SimulatedCheckpoint {
  final long id;
  final Map<String, OperatorSubtaskState[]> states = new HashMap<>();

  /** By {@code source/topic}, an offset a partition; -1 for one that nobody read. */
  final Map<String, int[]> positions = new HashMap<>();

  int tasksLeft;

  SimulatedCheckpoint(long id) {
    this.id = id;
  }

  /** Its number, counted from 1 through all runs of a history. */
  public long id() {
    return id;
  }

  /** Whether all tasks have added their part. */
  public boolean isComplete() {
    return tasksLeft == 0;
  }
}
