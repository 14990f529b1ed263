package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TableGenerationTest {
  private static final TableGeneration FRESH = TableGeneration.ofSnapshot("likes", 3, 4);

  @Test
  void aTruncateStartsTheNextGenerationAtItsPlaceInTheLog() {
    TableGeneration truncated = FRESH.truncated(100);

    assertThat(truncated.generation()).isEqualTo(FRESH.generation() + 1);
    assertThat(truncated.at(99)).isEqualTo(FRESH.generation());
    assertThat(truncated.at(101)).isEqualTo(FRESH.generation() + 1);
  }

  @Test
  void aTruncateThatIsReadAgainCountsOnce() {
    TableGeneration truncated = FRESH.truncated(100).truncated(200);

    assertThat(truncated.truncated(100)).isEqualTo(truncated);
    assertThat(truncated.truncated(200)).isEqualTo(truncated);
  }

  @Test
  void aLaterSnapshotIsAboveEveryTruncateOfTheOneBefore() {
    TableGeneration truncated = FRESH;
    for (int i = 1; i <= 1000; i++) {
      truncated = truncated.truncated(i);
    }

    assertThat(TableGeneration.ofSnapshot("likes", 4, 4).generation())
        .isGreaterThan(truncated.generation());
  }

  @Test
  void stateIsReadAsItWasWritten() throws Exception {
    TableGeneration state = FRESH.truncated(100).completed();
    DataOutputSerializer out = new DataOutputSerializer(64);
    new TableGeneration.Serializer().serialize(state, out);

    assertThat(
            new TableGeneration.Serializer()
                .deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(state);
  }

  @Test
  void stateOfTheBuildsBeforeIsReadWithoutTheTablesNumber() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(1);
    out.writeUTF("LIKES");
    out.writeLong(FRESH.generation());
    out.writeLong(100);
    out.writeBoolean(true);
    out.writeInt(4);

    assertThat(
            new TableGeneration.Serializer()
                .deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(new TableGeneration("likes", FRESH.generation(), 100, true, 4, 0));
  }
}
