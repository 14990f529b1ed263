package com.shareuptime.streams.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as libraries and PostgreSQL spell them. */
class IsoTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T08:43:34Z",
        "2026-11-29T08:43:34.000000Z",
        "2026-11-29t08:43:34z",
        "2026-11-29T08:43:34.0000000Z", // C#
        "2026-11-29T08:43:34.000000000+00:00", // Rust
        "2026-11-29T08:43:34+00:00", // Python, Go, PHP
        "2026-11-29T08:43:34+0000", // PHP, Java's Jackson
        "2026-11-29T10:43:34+02", // PostgreSQL with a T
        "2026-11-29 10:43:34+02", // PostgreSQL
        "2026-11-29 08:43:34+00:00", // Python
        "2026-11-29 08:43:34 +0000", // Ruby
        "2026-11-29 08:43:34 UTC", // Ruby
        "2026-11-29T06:44:49-01:58:45", // a local mean time
        "20261129T084334Z",
        "20261129T084334.000Z",
        "20261129T084334+0000",
        "20261129T104334+02:00",
      })
  void theSameInstant(String text) {
    assertThat(IsoTime.parseMillis(text)).isEqualTo(1_795_941_814_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "infinity, 9223372036854775807",
    "-infinity, -9223372036854775808",
    "+999999999-12-31T23:59:59.999999999-18:00, 9223372036854775807",
    "-999999999-01-01T00:00:00+18:00, -9223372036854775808",
    "+294276-12-31T23:59:59.999999Z, 9223372036854775806",
    "9999-12-31T23:59:59+00:00, 253402300799000000",
    "2262-04-12T00:00:00+00:00, 9223372800000000",
    "0001-01-01T00:00:00Z, -62135596800000000",
    "-0043-03-15T12:00:00Z, -63517780800000000",
    "-4712-01-01T00:00:00Z, -210863520000000000",
    "1969-12-31T23:59:59.999999Z, -1",
  })
  void aTimeFarOffIsInOrder(String text, long micros) {
    assertThat(IsoTime.parseMicros(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-29",
        "2026-11-29T08:43:34", // of which zone?
        "2026-02-30T00:00:00Z",
        "2026-11-29T08:43:60Z",
        "+1000000000-01-01T00:00:00Z",
        "1764405814",
      })
  void whatIsNoTime(String text) {
    assertThatThrownBy(() -> IsoTime.parseMicros(text)).isInstanceOf(DateTimeException.class);
  }
}
