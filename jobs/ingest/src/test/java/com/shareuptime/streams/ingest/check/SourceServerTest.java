package com.shareuptime.streams.ingest.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.Lsn;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SourceServerTest {
  private static final String HISTORY =
      """
      1\t0/3000148\tno recovery target specified

      12\t2/8000000\tbefore 2026-01-31 10:00:00+00
      """;

  @Test
  void theHistorySaysWhereATimelineWasLeft() {
    assertThat(SourceServer.left(HISTORY, 1)).hasValue(Lsn.parse("0/3000148"));
    assertThat(SourceServer.left(HISTORY, 12)).hasValue(Lsn.parse("2/8000000"));
  }

  @Test
  void aTimelineThatIsNotInItWasNeverLeft() {
    assertThat(SourceServer.left(HISTORY, 2)).isEmpty();
    assertThat(SourceServer.left("", 1)).isEmpty();
  }

  @Test
  void stateIsReadAsItWasWritten() throws Exception {
    SeenServer seen = new SeenServer(7_400_000_000_000_000_000L, 3, 0, 0).readTo(200, 100);
    DataOutputSerializer out = new DataOutputSerializer(64);
    new SeenServer.Serializer().serialize(seen, out);

    assertThat(
            new SeenServer.Serializer()
                .deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(seen);
  }
}
