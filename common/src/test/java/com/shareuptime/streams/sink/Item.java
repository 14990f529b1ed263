package com.shareuptime.streams.sink;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A versioned value for tests of sinks. */
public record Item(String key, long version, long value) {
  public static final TypeInformation<Item> TYPE = ValueType.of(Item.class, new Serializer());

  public static final class Serializer extends ValueSerializer<Item> {
    @Override
    protected void write(Item item, DataOutputView out) throws IOException {
      out.writeUTF(item.key());
      out.writeLong(item.version());
      out.writeLong(item.value());
    }

    @Override
    protected Item read(DataInputView in) throws IOException {
      return new Item(in.readUTF(), in.readLong(), in.readLong());
    }
  }
}
