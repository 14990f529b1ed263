package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
  @ParameterizedTest
  @ValueSource(strings = {"0/0", "0/1", "16/B374D848", "1/0", "0/FFFFFFFF", "7FFFFFFF/FFFFFFFF"})
  void whatIsReadIsWrittenAlike(String text) {
    assertThat(Lsn.parse(text)).hasToString(text);
  }

  @Test
  void theHalvesKeepTheirPlaces() {
    assertThat(Lsn.parse("1/2").position()).isEqualTo((1L << 32) + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "x/1", "1/"})
  void anotherFormIsNone(String text) {
    assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
