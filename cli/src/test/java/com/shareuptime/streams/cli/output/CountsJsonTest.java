package com.shareuptime.streams.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.shareuptime.streams.contract.Counts;
import org.junit.jupiter.api.Test;

class CountsJsonTest {
  private record Shown(long id, @JsonUnwrapped Counts counts, String text) {}

  @Test
  void countsAreAnObjectInTheOrderOfTheList() {
    assertThat(Output.json(Counts.of(7, 2, 1)).replaceAll("\\s", ""))
        .startsWith("{\"likes\":7,\"comments\":2,\"shares\":1")
        .endsWith(",\"zero\":false,\"negative\":false}");
  }

  @Test
  void orFieldsAmongOthers() {
    assertThat(Output.json(new Shown(42, Counts.of(7, 2, 1), "hello")).replaceAll("\\s", ""))
        .startsWith("{\"id\":42,\"likes\":7,\"comments\":2,\"shares\":1")
        .endsWith(",\"text\":\"hello\"}");
  }
}
