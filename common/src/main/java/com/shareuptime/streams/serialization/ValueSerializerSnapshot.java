package com.shareuptime.streams.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.InstantiationUtil;

/**
 * What a savepoint remembers of a {@link ValueSerializer}: its class. Layouts carry their own
 * version byte, so the same class always reads what it once wrote.
 */
public final class ValueSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private ValueSerializer<T> serializer;

  /** For Flink, before {@link #readSnapshot}. */
  public ValueSerializerSnapshot() {}

  ValueSerializerSnapshot(ValueSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return 1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(serializer.getClass().getName());
  }

  @Override
  public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
    try {
      serializer = InstantiationUtil.instantiate(in.readUTF(), ValueSerializer.class, loader);
    } catch (FlinkException e) {
      throw new IOException("the serializer of this state is not in the job's jar", e);
    }
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return serializer;
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    boolean same =
        old instanceof ValueSerializerSnapshot<T> before && before.serializer.equals(serializer);
    return same || serializer.readsStateOf(old)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
