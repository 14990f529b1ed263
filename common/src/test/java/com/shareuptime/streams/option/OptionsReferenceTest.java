package com.shareuptime.streams.option;

import com.shareuptime.streams.testing.OptionsPage;
import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
  @Test
  void thePageShowsTheServersOptionsAsTheyAre() throws Exception {
    OptionsPage.verify("every job", ConnectionOptions.all());
  }
}
