package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.junit.jupiter.api.Test;

class SlotPositionTest {
  private final SlotPosition positions = new SlotPosition();

  @Test
  void aRowOfATransactionThatBeganLongAgoDoesNotSetThePositionBack() {
    Offset position =
        positions.newOffset(Map.of("lsn", "10", "lsn_commit", "500", "lsn_proc", "9"));

    assertThat(SlotPosition.of(position)).isEqualTo(500);
  }

  @Test
  void nothingIsKeptThatDebeziumWouldSearchFor() {
    Offset position =
        positions.newOffset(Map.of("lsn", "600", "lsn_commit", "500", "lsn_proc", "9"));

    assertThat(position.getOffset()).containsOnlyKeys("lsn", "ts_usec").containsEntry("lsn", "600");
  }
}
