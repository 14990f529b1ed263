package com.shareuptime.streams.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftRecordTest {
  private static final String JSON =
      "{\"target_type\":\"post\",\"target_id\":42,\"kind\":\"like\",\"action\":\"create\","
          + "\"reason\":\"phantom\",\"bucket\":1795941814000,\"amount\":3,"
          + "\"version\":2199023255553,\"job\":\"counters\"}";

  private static final DriftRecord RECORD =
      new DriftRecord(
          "post",
          Id.of(42),
          "like",
          "create",
          "phantom",
          1_795_941_814_000L,
          3,
          2_199_023_255_553L,
          "counters");

  @Test
  void aRecordHasTheColumnsOfTheTableAsFields() throws Exception {
    assertThat(RECORD.key()).asString(StandardCharsets.UTF_8).isEqualTo("post:42");
    assertThat(RECORD.value()).asString(StandardCharsets.UTF_8).isEqualTo(JSON);
    assertThat(DriftRecord.parse(utf8(JSON), IdKinds.NUMBERS)).isEqualTo(RECORD);
  }

  @Test
  void fieldsOfALaterBuildAreIgnored() throws Exception {
    String later = JSON.replace("\"amount\"", "\"later\":{\"amount\":[7]},\"amount\"");
    assertThat(DriftRecord.parse(utf8(later), IdKinds.NUMBERS)).isEqualTo(RECORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"post\" | null",
        "\"post\" | {}",
        "\"post\" | \"\"",
        "\"post\" | \"a\\u0000b\"",
        "42 | 0",
        "42 | 42.5",
        "42 | \"42\"",
        "42 | 92233720368547758070",
        "1795941814000 | \"infinity\"",
        "1795941814000 | -1",
        "1795941814000 | 9223372036854775807",
        "\"amount\":3 | \"amount\":0",
        "\"amount\":3, | ''",
        ",\"job\":\"counters\" | ''"
      })
  void whatNoRowOfTheTableCouldHoldIsRefused(String good, String bad) {
    assertThatThrownBy(() -> DriftRecord.parse(utf8(JSON.replace(good, bad)), IdKinds.NUMBERS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anIdIsOfTheKindOfItsTarget() throws Exception {
    String uuid = "c0ffee00-0000-4000-8000-000000000001";
    String json = JSON.replace("42", "\"" + uuid + "\"");
    IdKinds uuids = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);
    DriftRecord drift = DriftRecord.parse(utf8(json), uuids);
    assertThat(drift.targetId()).isEqualTo(Id.of(uuid));
    assertThat(drift.value()).asString(StandardCharsets.UTF_8).isEqualTo(json);
    assertThat(drift.key()).asString(StandardCharsets.UTF_8).isEqualTo("post:" + uuid);
    assertThatThrownBy(() -> DriftRecord.parse(utf8(JSON), uuids)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> DriftRecord.parse(utf8(json), IdKinds.NUMBERS))
        .isInstanceOf(IOException.class);
    IdKinds texts = new IdKinds(IdKind.TEXT, IdKind.TEXT, IdKind.TEXT);
    assertThat(DriftRecord.parse(utf8(json), texts)).isEqualTo(drift);
    assertThatThrownBy(() -> DriftRecord.parse(utf8(JSON.replace("42", "\"a\\u0000\"")), texts))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRecordWithoutAValueIsRefused() {
    assertThatThrownBy(() -> DriftRecord.parse(null, IdKinds.NUMBERS))
        .isInstanceOf(IOException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
