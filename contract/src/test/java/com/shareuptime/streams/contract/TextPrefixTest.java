package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextPrefixTest {
  @Test
  void ofALongTextSurfacesShowTheBeginning() {
    String text = "x".repeat(TextPrefix.OF_TEXTS);
    assertThat(TextPrefix.isShown(text, text + "y")).isTrue();
    assertThat(TextPrefix.isShown(text + "y", text + "yz")).isFalse();
    assertThat(TextPrefix.isShown(text, "y" + text)).isFalse();
    assertThat(TextPrefix.isShown("x", "xy")).isFalse();
    assertThat(TextPrefix.isShown(null, text)).isFalse();
  }
}
