package com.shareuptime.streams.search;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheJobsOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("search", SearchOptions.OPTIONS.own());
  }
}
