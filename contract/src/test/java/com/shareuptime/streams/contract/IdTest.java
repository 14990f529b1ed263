package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Id> ANY =
      List.of(Id.LOWEST, Id.of(-1), Id.of(0), Id.of(7), Id.of(1L << 40), Id.HIGHEST);

  @Test
  void anIdIsTheNumberThatItWasMadeOf() {
    assertThat(Id.of(7)).isEqualTo(Id.parse("7")).isNotEqualTo(Id.of(8));
    // as the keys of state that earlier builds have left
    assertThat(Id.of(7_000_000_000_007L)).hasSameHashCodeAs(7_000_000_000_007L);
    assertThat(Id.of(7)).hasToString("7");
  }

  @Test
  void idsAreOrderedAsTheirNumbers() {
    assertThat(ANY).isSorted();
  }

  @Test
  void anIdComesBackFromEachOfItsSpellings() throws Exception {
    for (Id id : ANY) {
      assertThat(Id.parse(id.toString())).isEqualTo(id);
      assertThat(Id.ofSql(id.sql())).isEqualTo(id);
      assertThat(JSON.readValue(JSON.writeValueAsString(id), Id.class)).isEqualTo(id);
      StringBuilder json = new StringBuilder();
      IdJson.write(id, json);
      assertThat(JSON.readValue(json.toString(), Id.class)).isEqualTo(id);
    }
    assertThat(IdJson.read(IdJson.node(Id.HIGHEST))).isEqualTo(Id.HIGHEST);
  }

  @Test
  void whatIsNoIdIsRefused() throws Exception {
    assertThatThrownBy(() -> Id.parse("seven")).isInstanceOf(IllegalArgumentException.class);
    for (String json : List.of("null", "\"7\"", "0", "-7", "7.5", "9223372036854775808", "{}")) {
      assertThatThrownBy(() -> IdJson.read(JSON.readTree(json)))
          .as(json)
          .hasMessageContaining("is not a number above 0");
    }
  }
}
