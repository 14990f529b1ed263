package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer.LongSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An id as a key of a map in state: a number as a {@code Long}, as state on the heap comes back as
 * the objects of the build that wrote it; any other as itself. The layout is that of ids.
 */
public final class KeptId extends ValueSerializer<Object> {
  static final TypeInformation<Object> TYPE = ValueType.ofKey(Object.class, new KeptId());

  static Object of(Id id) {
    return id.isNumber() ? (Object) id.number() : id;
  }

  static Id id(Object kept) {
    return kept instanceof Long number ? Id.of(number) : (Id) kept;
  }

  @Override
  protected void write(Object kept, DataOutputView out) throws IOException {
    if (kept instanceof Long number) {
      IdSerializer.writeNumber(number, out);
    } else {
      IdSerializer.writeId((Id) kept, out);
    }
  }

  @Override
  protected Object read(DataInputView in) throws IOException {
    long number = in.readLong();
    return number == IdSerializer.OTHER ? of(IdSerializer.readOther(in)) : (Object) number;
  }

  @Override
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return before instanceof LongSerializerSnapshot;
  }
}
