package com.shareuptime.streams.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
  @Test
  void onlyWhatAShellWouldTakeApartIsQuoted() {
    assertThat(ShellWord.of(42)).isEqualTo("42");
    assertThat(ShellWord.of("at://did:plc:x/p+1")).isEqualTo("at://did:plc:x/p+1");
    assertThat(ShellWord.of("a b")).isEqualTo("'a b'");
    assertThat(ShellWord.of("it's; rm")).isEqualTo("'it'\\''s; rm'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
