package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheJobsOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("feed-archive", FeedArchiveOptions.OPTIONS.own());
  }
}
