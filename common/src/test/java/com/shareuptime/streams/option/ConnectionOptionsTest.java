package com.shareuptime.streams.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.AddressKeys;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {
  /** The command passes on to jobs what it finds by these keys. */
  @Test
  void jobsTakeTheAddressesThatTheCommandKnows() {
    assertThat(ConnectionOptions.all())
        .extracting(ConfigOption::key)
        .containsExactlyInAnyOrderElementsOf(AddressKeys.ALL);
  }
}
