package com.shareuptime.streams.simulation;

import com.shareuptime.streams.version.RunNumbers;

/** The sequence of run numbers of a history. */
public final class SimulatedRunNumbers implements RunNumbers {
  private static final long serialVersionUID = 1L;

  @Override
  public long next() {
    return Simulation.current().nextRunNumber();
  }
}
