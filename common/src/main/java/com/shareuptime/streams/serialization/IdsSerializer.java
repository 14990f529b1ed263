package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Ids;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer.LongPrimitiveArraySerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Many ids as one value of state: the bytes of builds that kept them as arrays of longs. */
public final class IdsSerializer extends ValueSerializer<Ids> {
  /** Flink's type of many ids. */
  public static final TypeInformation<Ids> TYPE = ValueType.of(Ids.class, new IdsSerializer());

  private static final Forms.ManyIds IDS = new Forms.ManyIds();

  @Override
  protected void write(Ids ids, DataOutputView out) throws IOException {
    IDS.write(ids, out);
  }

  @Override
  protected Ids read(DataInputView in) throws IOException {
    return IDS.read(in);
  }

  @Override
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return before instanceof LongPrimitiveArraySerializerSnapshot;
  }
}
