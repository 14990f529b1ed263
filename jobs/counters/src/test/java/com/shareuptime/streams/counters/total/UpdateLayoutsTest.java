package com.shareuptime.streams.counters.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.window.WindowUpdate;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Sinks keep updates in their state: those of the builds before are read. */
class UpdateLayoutsTest {
  private static final CounterTarget REEL = new CounterTarget(Target.Type.REEL, Id.of(42));
  private static final String REEL_42 = "01" + "000000000000002a";
  private static final String FIVE_TWO_ONE =
      "0000000000000005" + "0000000000000002" + "0000000000000001";
  private static final CounterUpdate UPDATE =
      new CounterUpdate(REEL, Counts.of(5, 2, 1), 7, true, 9);
  private static final WindowUpdate WINDOW = new WindowUpdate(REEL, 60_000, Counts.of(5, 2, 1), 7);

  @Test
  void thoseThatHadThreeCounters() throws IOException {
    assertThat(
            read(
                new CounterUpdate.Serializer(),
                "01" + REEL_42 + FIVE_TWO_ONE + "0000000000000007" + "01" + "0000000000000009"))
        .isEqualTo(UPDATE);
    assertThat(
            read(
                new WindowUpdate.Serializer(),
                "01" + REEL_42 + "000000000000ea60" + FIVE_TWO_ONE + "0000000000000007"))
        .isEqualTo(WINDOW);
  }

  @Test
  void thoseThatHadFewerCounters() throws IOException {
    assertThat(
            read(
                new CounterUpdate.Serializer(),
                "02"
                    + REEL_42
                    + "02"
                    + "0a"
                    + "04"
                    + "0000000000000007"
                    + "01"
                    + "0000000000000009"))
        .isEqualTo(new CounterUpdate(REEL, Counts.of(5, 2), 7, true, 9));
  }

  @Test
  void ownOnesSayHowManyTheyHave() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new CounterUpdate.Serializer().serialize(UPDATE, out);
    byte[] written = out.getCopyOfBuffer();
    assertThat(written[10]).isEqualTo((byte) CounterKind.FIXED);
    assertThat(new CounterUpdate.Serializer().deserialize(new DataInputDeserializer(written)))
        .isEqualTo(UPDATE);
  }

  private static <T> T read(TypeSerializer<T> serializer, String hex) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(hex));
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
