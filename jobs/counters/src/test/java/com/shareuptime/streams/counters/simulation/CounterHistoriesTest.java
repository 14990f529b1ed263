package com.shareuptime.streams.counters.simulation;

import com.shareuptime.streams.simulation.Histories;
import org.junit.jupiter.api.Test;

/** Random histories of the whole job: right after quiet, and never behind what it has promised. */
class CounterHistoriesTest {
  @Test
  void countsAreRightAfterQuietAndNeverBehindProgress() {
    Histories.check("counters", 500, simulation -> new CounterHistory(simulation, Draws.all()));
  }
}
