package com.shareuptime.streams.feeds;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheJobsOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("feeds", FeedOptions.OPTIONS.own());
  }
}
