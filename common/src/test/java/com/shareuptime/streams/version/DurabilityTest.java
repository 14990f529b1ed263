package com.shareuptime.streams.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.state.StateInitializationContextImpl;
import org.junit.jupiter.api.Test;

class DurabilityTest {
  private static Durability restoredFrom(Long checkpoint) {
    return Durability.of(new StateInitializationContextImpl(checkpoint, null, null, null, null));
  }

  @Test
  void aDecisionIsDurableWhenBothKeptCheckpointsContainIt() {
    Durability durability = restoredFrom(null);
    durability.snapshot(1);
    long decided = durability.next();
    durability.complete(1);
    assertThat(durability.covers(decided)).as("decided after the snapshot").isFalse();
    durability.snapshot(2);
    durability.complete(2);
    assertThat(durability.covers(decided)).as("1 could be restored").isFalse();
    durability.snapshot(3);
    durability.complete(3);
    assertThat(durability.covers(decided)).isTrue();
  }

  @Test
  void aCheckpointThatFailsCountsForNothing() {
    Durability durability = restoredFrom(7L);
    long decided = durability.next();
    durability.snapshot(8);
    durability.snapshot(9);
    durability.complete(9);
    assertThat(durability.covers(decided)).isFalse();
    durability.snapshot(10);
    durability.complete(10);
    assertThat(durability.covers(decided)).isTrue();
  }
}
