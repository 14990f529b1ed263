package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer.LongSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Ids as keys and elements of state: eight bytes, as builds had them that kept them as longs. */
public final class IdSerializer extends ValueSerializer<Id> {
  /** Flink's type of an id, which may be a key. */
  public static final TypeInformation<Id> TYPE = ValueType.ofKey(Id.class, new IdSerializer());

  @Override
  protected void write(Id id, DataOutputView out) throws IOException {
    out.writeLong(id.number());
  }

  @Override
  protected Id read(DataInputView in) throws IOException {
    return Id.of(in.readLong());
  }

  @Override
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return before instanceof LongSerializerSnapshot;
  }

  @Override
  public int getLength() {
    return Long.BYTES;
  }
}
