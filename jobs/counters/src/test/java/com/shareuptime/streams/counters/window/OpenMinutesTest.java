package com.shareuptime.streams.counters.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMinutesTest {
  private static final OpenMinutes.Serializer SERIALIZER = new OpenMinutes.Serializer();

  /** A lateness of more than 45 days. */
  @Test
  void moreMinutesThan16BitsCountAreReadAsTheyWereWritten() throws IOException {
    int minutes = 0x1_0001;
    DataOutputSerializer many = new DataOutputSerializer(64);
    many.writeByte(3);
    many.writeInt(minutes);
    many.writeByte(CounterKind.FIXED);
    for (int i = 0; i < minutes; i++) {
      many.writeLong(i * OpenMinutes.MINUTE);
      many.writeBoolean(true);
      for (int kind = 0; kind < CounterKind.FIXED; kind++) {
        many.writeLong(1);
      }
    }
    OpenMinutes open =
        SERIALIZER.deserialize(new DataInputDeserializer(many.getCopyOfBuffer())); // adding is slow
    DataOutputSerializer again = new DataOutputSerializer(64);
    SERIALIZER.serialize(open, again);
    assertThat(again.getCopyOfBuffer()).isEqualTo(many.getCopyOfBuffer());
  }

  @Test
  void aCounterOfTheModelHasItsPlaceInEachMinute() throws IOException {
    OpenMinutes open = new OpenMinutes();
    open.add(1, CounterKind.LIKES, 2);
    open.add(OpenMinutes.MINUTE, CounterKind.of(5), -3);
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(SERIALIZER.copy(open), out);
    OpenMinutes read = SERIALIZER.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    List<Counts> nets = new ArrayList<>();
    read.close(2 * OpenMinutes.MINUTE, minute -> nets.add(minute.net()));
    assertThat(nets).containsExactly(Counts.of(2), Counts.of(0, 0, 0, 0, 0, -3));
  }

  /** The first counted minutes in 16 bits; both wrote three counters without saying so. */
  @ParameterizedTest
  @ValueSource(strings = {"01" + "0001", "02" + "00000001"})
  void minutesOfAnEarlierBuildAreRead(String head) throws IOException {
    byte[] written =
        HexFormat.of().parseHex(head + "000000000000ea60" + "01" + "0000000000000003".repeat(3));
    OpenMinutes open = SERIALIZER.deserialize(new DataInputDeserializer(written));
    AtomicInteger found = new AtomicInteger();
    open.close(
        2 * OpenMinutes.MINUTE,
        minute -> {
          assertThat(minute.start()).isEqualTo(OpenMinutes.MINUTE);
          assertThat(minute.net().of(CounterKind.LIKES)).isEqualTo(3);
          found.incrementAndGet();
        });
    assertThat(found).hasValue(1);
  }
}
