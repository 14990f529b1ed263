package com.shareuptime.streams.reconcile;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheJobsOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("reconcile", ReconcileOptions.OPTIONS.own());
  }
}
