package com.shareuptime.streams.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final byte[] BYTES = {0, (byte) 0xFF, '{', '\n'};

  private static DeadLetter letter(byte[] value, byte[] key) {
    return new DeadLetter(
        value,
        key,
        "malformed",
        "counters",
        "likes-events",
        3,
        42,
        1_700_000_000_000L,
        "ünexpected");
  }

  @Test
  void theRecordHasTheOriginalBytesAndSaysWhereTheyCameFrom() {
    var record = new DeadLetterRecord().serialize(letter(BYTES, BYTES), null, null);
    assertThat(record.topic()).isEqualTo("dead-letters");
    assertThat(record.value()).isEqualTo(BYTES);
    assertThat(record.key()).isEqualTo(BYTES);
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "reason",
                "malformed",
                "job",
                "counters",
                "topic",
                "likes-events",
                "partition",
                "3",
                "offset",
                "42",
                "failed-at",
                "1700000000000",
                "detail",
                "ünexpected"));
  }

  @Test
  void ofARecordThatTheTopicDoesNotTakeItHasTheBeginning() {
    byte[] large = new byte[20 << 20];
    Arrays.fill(large, (byte) 7);
    var record = new DeadLetterRecord().serialize(letter(large, large), null, null);
    assertThat(record.key().length + record.value().length)
        .isBetween(DeadLetterRecord.MAX_BYTES / 2, DeadLetterRecord.MAX_BYTES - 1024);
    assertThat(record.headers().lastHeader("full-length").value())
        .isEqualTo("20971520".getBytes(UTF_8));
  }

  @Test
  void itSurvivesItsSerializer() throws IOException {
    byte[] large = new byte[2 << 20];
    Arrays.fill(large, (byte) 7);
    for (DeadLetter letter :
        new DeadLetter[] {letter(BYTES, null), letter(large, BYTES), letter(new byte[0], null)}) {
      var serializer = DeadLetter.TYPE.createSerializer(new SerializerConfigImpl());
      var out = new DataOutputSerializer(64);
      serializer.serialize(letter, out);
      DeadLetter back = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
      assertThat(back).usingRecursiveComparison().isEqualTo(letter);
    }
  }

  @Test
  void aLongDetailIsCut() {
    var letter = new DeadLetter(BYTES, null, "late", "counters", "t", 0, 0, 0, "x".repeat(100_000));
    assertThat(letter.detail()).hasSize(DeadLetter.MAX_DETAIL);
  }
}
