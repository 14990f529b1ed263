package com.shareuptime.streams.ingest.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SeenServerTest {
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
