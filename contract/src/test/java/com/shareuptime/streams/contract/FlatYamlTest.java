package com.shareuptime.streams.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatYamlTest {
  @Test
  void pairsAreReadWithoutCommentsAndQuotes() {
    assertThat(
            FlatYaml.parse(
                List.of(
                    "# a comment",
                    "",
                    "interval: 5 s # often",
                    "url: jdbc:postgresql://host:5432/db",
                    "text: \"a # b\"",
                    "empty:"),
                "test.yaml"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "interval", "5 s",
                "url", "jdbc:postgresql://host:5432/db",
                "text", "a # b",
                "empty", ""));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Map<String, String> pairs = Map.of("a.b", "1 s", "c", "x: y # z");

    assertThat(FlatYaml.parse(FlatYaml.write(pairs).lines().toList(), "written")).isEqualTo(pairs);
  }

  @Test
  void aNestedKeyIsRefusedWithItsLine() {
    assertThatThrownBy(() -> FlatYaml.parse(List.of("kafka:", "  bootstrap: x:1"), "test.yaml"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("test.yaml:2")
        .hasMessageContaining("bootstrap: x:1");
  }

  @Test
  void aRepeatedKeyIsRefused() {
    assertThatThrownBy(() -> FlatYaml.parse(List.of("a: 1", "a: 2"), "test.yaml"))
        .hasMessageContaining("test.yaml:2 sets a a second time");
  }
}
