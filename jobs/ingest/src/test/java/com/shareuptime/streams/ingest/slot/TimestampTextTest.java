package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31 23:33:34.123456+00, 2026-01-31T23:33:34.123456Z",
    "2026-01-31 23:33:34.1+00, 2026-01-31T23:33:34.1Z",
    "0001-01-01 00:00:00+00, 0001-01-01T00:00:00Z",
    "2026-01-31 23:33:34+05:30, 2026-01-31T18:03:34Z",
    "2026-01-31 23:33:34-03, 2026-02-01T02:33:34Z",
    "1883-11-18 12:03:57.5-04:56:02, 1883-11-18T16:59:59.5Z",
    "9999-12-31 23:59:59.999999-15:59:59, +10000-01-01T15:59:58.999999Z",
    "294276-12-31 23:59:59.999999+00, +294276-12-31T23:59:59.999999Z",
    "294276-12-31 23:59:59.999999-12, +294277-01-01T11:59:59.999999Z",
    "0001-12-31 00:00:00+00 BC, 0000-12-31T00:00:00Z",
    "0044-03-15 12:00:00+00 BC, -0043-03-15T12:00:00Z",
    "4714-11-24 01:00:00+01 BC, -4713-11-24T00:00:00Z"
  })
  void aMomentIsWrittenAsIsoInUtc(String stored, String written) {
    assertThat(TimestampText.utc(stored)).isEqualTo(written);
    assertThat(OffsetDateTime.parse(written).toInstant()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"infinity", "-infinity"})
  void whatIsNoMomentStaysAsItIs(String text) {
    assertThat(TimestampText.utc(text)).isEqualTo(text);
  }
}
