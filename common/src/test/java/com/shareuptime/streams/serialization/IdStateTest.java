package com.shareuptime.streams.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** State of builds that kept ids as longs is read as it lies, and the same bytes are written. */
class IdStateTest {
  @Test
  void anIdIsReadFromALong() throws Exception {
    assertReads(new IdSerializer(), Id.of(-7), LongSerializer.INSTANCE, -7L);
    assertReads(new IdSerializer(), Id.of(Long.MAX_VALUE), LongSerializer.INSTANCE, Long.MAX_VALUE);
  }

  @Test
  void everyOtherIdComesBack() throws Exception {
    for (Id id :
        List.of(
            Id.of(Long.MIN_VALUE),
            Id.of("7"),
            Id.of("ü".repeat(127)),
            Id.of("c0ffee00-0000-4000-8000-0000000000ff"))) {
      IdSerializer serializer = new IdSerializer();
      byte[] bytes = bytes(serializer, id);
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      assertThat(serializer.deserialize(in)).isEqualTo(id);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void aKeyOfAMapIsReadFromALong() throws Exception {
    assertReads(new KeptId(), KeptId.of(Id.of(-7)), LongSerializer.INSTANCE, -7L);
    for (Id id : List.of(Id.of(Long.MIN_VALUE), Id.of(7), Id.of("7"), Id.ofUuid(1, 2))) {
      byte[] bytes = bytes(new KeptId(), KeptId.of(id));
      assertThat(bytes).isEqualTo(bytes(new IdSerializer(), id));
      assertThat(new KeptId().deserialize(new DataInputDeserializer(bytes)))
          .isEqualTo(KeptId.of(id));
      assertThat(KeptId.id(KeptId.of(id))).isEqualTo(id);
    }
  }

  @Test
  void manyIdsAreReadFromAnArrayOfLongs() throws Exception {
    long[] numbers = {-7, 0, Long.MAX_VALUE};
    Object kept = KeptIds.of(Ids.packed(numbers));
    assertReads(new KeptIds(), kept, LongPrimitiveArraySerializer.INSTANCE, numbers);
    assertThat(KeptIds.ids(numbers)).isEqualTo(Ids.packed(numbers));
    for (Ids ids :
        List.of(
            Ids.NONE,
            Ids.of(Id.of(Long.MIN_VALUE), Id.of(7)),
            Ids.of(Id.of(1), Id.of(2), Id.of("ü"), Id.of(3), Id.ofUuid(1, 2)))) {
      DataInputDeserializer in = new DataInputDeserializer(bytes(new KeptIds(), KeptIds.of(ids)));
      Ids back = KeptIds.ids(new KeptIds().deserialize(in));
      assertThat(back).isEqualTo(ids);
      assertThat(back.isPacked()).isEqualTo(ids.isPacked());
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void whatHeldOtherValuesIsNotReadAsIds() {
    assertThat(isCompatible(new KeptId(), IntSerializer.INSTANCE)).isFalse();
    assertThat(isCompatible(new KeptIds(), LongSerializer.INSTANCE)).isFalse();
    assertThat(isCompatible(new IdSerializer(), IntSerializer.INSTANCE)).isFalse();
  }

  private static <T, E> void assertReads(
      ValueSerializer<T> serializer, T value, TypeSerializer<E> earlier, E before)
      throws Exception {
    assertThat(isCompatible(serializer, earlier)).isTrue();
    assertThat(isCompatible(serializer, serializer)).isTrue();
    byte[] bytes = bytes(earlier, before);
    assertThat(bytes(serializer, value)).isEqualTo(bytes);
    assertThat(serializer.deserialize(new DataInputDeserializer(bytes))).isEqualTo(value);
  }

  @SuppressWarnings("unchecked") // as Flink does when it compares with what it finds
  private static <T> boolean isCompatible(ValueSerializer<T> now, TypeSerializer<?> before) {
    return now.snapshotConfiguration()
        .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) before.snapshotConfiguration())
        .isCompatibleAsIs();
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }
}
