package com.shareuptime.streams.simulation;

import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WritingSubtask;

/** The sequence of run numbers of a history. */
public final class SimulatedRunNumbers implements RunNumbers {
  private static final long serialVersionUID = 1L;

  @Override
  public long next() {
    return Simulation.current().nextRunNumber();
  }

  @Override
  public long next(WritingSubtask subtask) {
    return Simulation.current().nextRunNumber(subtask.writer());
  }

  @Override
  public long newest(String job, String writer) {
    return Simulation.current().newestRunNumber(writer);
  }
}
