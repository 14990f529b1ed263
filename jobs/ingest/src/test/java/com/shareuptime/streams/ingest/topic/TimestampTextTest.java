package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.ingest.mapping.TimestampMicros;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampTextTest {
  private final TimestampText text = new TimestampText();

  private String written(long micros) {
    text.of(micros);
    return new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31 23:33:34.123456+00, 2026-01-31T23:33:34.123456Z",
    "2026-01-31 23:33:34.1+00, 2026-01-31T23:33:34.1Z",
    "2026-01-31 23:33:34.000001+00, 2026-01-31T23:33:34.000001Z",
    "2026-01-31 23:33:34.10001, 2026-01-31T23:33:34.10001Z",
    "1969-12-31 23:59:59.999999+00, 1969-12-31T23:59:59.999999Z",
    "0001-01-01 00:00:00+00, 0001-01-01T00:00:00Z",
    "2026-01-31 23:33:34+05:30, 2026-01-31T18:03:34Z",
    "2026-01-31 23:33:34-03, 2026-02-01T02:33:34Z",
    "1883-11-18 12:03:57.5-04:56:02, 1883-11-18T16:59:59.5Z",
    "9999-12-31 23:59:59.999999-15:59:59, +10000-01-01T15:59:58.999999Z",
    "294246-12-31 23:59:59.999999+00, +294246-12-31T23:59:59.999999Z",
    "0001-12-31 00:00:00+00 BC, 0000-12-31T00:00:00Z",
    "0044-03-15 12:00:00+00 BC, -0043-03-15T12:00:00Z",
    "4714-11-24 01:00:00+01 BC, -4713-11-24T00:00:00Z"
  })
  void aMomentIsWrittenAsIsoInUtc(String stored, String written) {
    long micros = TimestampMicros.of(stored);
    assertThat(written(micros)).isEqualTo(written);
    assertThat(EpochMicros.of(OffsetDateTime.parse(written).toInstant())).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({"infinity", "-infinity"})
  void whatIsNoMomentStaysAsItIs(String text) {
    assertThat(written(TimestampMicros.of(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"294276-12-31 23:59:59.999999+00", "294276-12-31 23:59:59.999999-12"})
  void whatMicrosecondsDoNotReachIsTheLastBeforeInfinity(String stored) {
    assertThat(written(TimestampMicros.of(stored))).isEqualTo("+294247-01-10T04:00:54.775806Z");
  }

  @Test
  void aTextThatIsNoTimeIsNone() {
    assertThatThrownBy(() -> TimestampMicros.of("yesterday, 12-ish, or so it is said"))
        .isInstanceOf(EvaluationException.class);
  }
}
