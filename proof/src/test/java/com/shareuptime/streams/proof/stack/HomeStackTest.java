package com.shareuptime.streams.proof.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HomeStackTest {
  @Test
  void aPortBaseThatIsNoNumberIsRefused() {
    assertThat(HomeStack.portBase(Map.of())).isEqualTo(OptionalInt.empty());
    assertThat(HomeStack.portBase(Map.of("STREAMS_PORT_BASE", "42000"))).hasValue(42_000);
    assertThatThrownBy(() -> HomeStack.portBase(Map.of("STREAMS_PORT_BASE", "many")))
        .hasMessageContaining("'many'");
  }
}
