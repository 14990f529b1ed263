package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer.LongSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Ids as keys and elements of state. A number has eight bytes, as builds had them that kept ids as
 * longs. The least of all longs, which no table gives, says that another follows.
 */
public final class IdSerializer extends ValueSerializer<Id> {
  /** Flink's type of an id, which may be a key. */
  public static final TypeInformation<Id> TYPE = ValueType.ofKey(Id.class, new IdSerializer());

  static final long OTHER = Long.MIN_VALUE;
  private static final int NUMBER = 0;
  private static final int UUID = 1;
  private static final int TEXT = 2;

  @Override
  protected void write(Id id, DataOutputView out) throws IOException {
    writeId(id, out);
  }

  static void writeId(Id id, DataOutputView out) throws IOException {
    if (id.isNumber()) {
      writeNumber(id.number(), out);
    } else if (id.isUuid()) {
      out.writeLong(OTHER);
      out.writeByte(UUID);
      out.writeLong(id.high());
      out.writeLong(id.low());
    } else {
      out.writeLong(OTHER);
      out.writeByte(TEXT);
      byte[] text = id.toString().getBytes(StandardCharsets.UTF_8);
      out.writeShort(text.length);
      out.write(text);
    }
  }

  static void writeNumber(long number, DataOutputView out) throws IOException {
    out.writeLong(number);
    if (number == OTHER) {
      out.writeByte(NUMBER);
    }
  }

  @Override
  protected Id read(DataInputView in) throws IOException {
    return readId(in);
  }

  static Id readId(DataInputView in) throws IOException {
    long number = in.readLong();
    return number == OTHER ? readOther(in) : Id.of(number);
  }

  /** Behind {@link #OTHER}. */
  static Id readOther(DataInputView in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NUMBER -> Id.of(OTHER);
      case UUID -> Id.ofUuid(in.readLong(), in.readLong());
      case TEXT -> {
        byte[] text = new byte[in.readUnsignedShort()];
        in.readFully(text);
        yield Id.of(new String(text, StandardCharsets.UTF_8));
      }
      default -> throw new IOException("no id is of kind " + kind);
    };
  }

  @Override
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return before instanceof LongSerializerSnapshot;
  }
}
