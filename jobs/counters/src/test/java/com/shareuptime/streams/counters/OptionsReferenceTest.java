package com.shareuptime.streams.counters;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheJobsOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("counters", CounterOptions.OPTIONS.own());
  }
}
