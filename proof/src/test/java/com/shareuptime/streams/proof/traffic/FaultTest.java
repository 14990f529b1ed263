package com.shareuptime.streams.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void faultsAreNamedAllNoneOrOneByOne() {
    assertThat(Fault.parse("none")).isEmpty();
    assertThat(Fault.parse("all")).containsExactlyInAnyOrder(Fault.values());
    assertThat(Fault.parse("late, far-future"))
        .containsExactlyInAnyOrder(Fault.LATE, Fault.FAR_FUTURE);
  }

  @Test
  void anUnknownFaultIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Fault.parse("late,gremlins"))
        .hasMessageContaining("gremlins")
        .hasMessageContaining("slow-transactions");
  }
}
