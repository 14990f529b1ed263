package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Ids;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer.LongPrimitiveArraySerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Many ids as a value of a map in state: numbers as a {@code long[]}, as {@link KeptId} has one,
 * which nobody changes; any others as themselves. The layout is that of arrays of longs.
 */
public final class KeptIds extends ValueSerializer<Object> {
  static final TypeInformation<Object> TYPE = ValueType.of(Object.class, new KeptIds());

  private static final Forms.ManyIds FORM = new Forms.ManyIds();

  static Object of(Ids ids) {
    return ids.isPacked() ? ids.packed() : ids;
  }

  static Ids ids(Object kept) {
    return kept instanceof long[] numbers ? Ids.packed(numbers) : (Ids) kept;
  }

  @Override
  protected void write(Object kept, DataOutputView out) throws IOException {
    FORM.write(ids(kept), out);
  }

  @Override
  protected Object read(DataInputView in) throws IOException {
    return of(FORM.read(in));
  }

  @Override
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return before instanceof LongPrimitiveArraySerializerSnapshot;
  }
}
