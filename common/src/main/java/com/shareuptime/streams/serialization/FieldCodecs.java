package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Codecs of components that are objects. */
final class FieldCodecs {
  private FieldCodecs() {}

  /** As UTF, which ends at 64 KiB. */
  record Utf() implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeUTF((String) value);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return in.readUTF();
    }
  }

  /** Text of any size, or null. */
  record Text() implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      ValueSerializer.writeBytes(
          value == null ? null : ((String) value).getBytes(StandardCharsets.UTF_8), out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      byte[] bytes = ValueSerializer.readBytes(in);
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Bytes, or null. */
  record Bytes() implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      ValueSerializer.writeBytes((byte[]) value, out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return ValueSerializer.readBytes(in);
    }
  }

  /** Numbers. */
  record Longs() implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      long[] numbers = (long[]) value;
      out.writeInt(numbers.length);
      for (long number : numbers) {
        out.writeLong(number);
      }
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      long[] numbers = new long[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readLong();
      }
      return numbers;
    }
  }

  /** A constant by its place in the enum. */
  record Ordinal(List<?> constants) implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeByte(((Enum<?>) value).ordinal());
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return constants.get(in.readByte());
    }
  }

  /** A constant by its name. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // of some enum
  record Name(Class type) implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeUTF(((Enum<?>) value).name());
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return Enum.valueOf(type, in.readUTF());
    }
  }

  /** A list. */
  record ListOf(Codec codec) implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      List<?> list = (List<?>) value;
      out.writeInt(list.size());
      for (Object one : list) {
        codec.write(one, out);
      }
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      int size = in.readInt();
      if (size == 0) {
        return List.of();
      }
      List<Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(codec.read(in));
      }
      return list;
    }
  }

  /** By a serializer. */
  record By<T>(ValueSerializer<T> serializer) implements Codec {
    @Override
    @SuppressWarnings("unchecked") // the serializer is of the component's type
    public void write(Object value, DataOutputView out) throws IOException {
      serializer.write((T) value, out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return serializer.read(in);
    }
  }
}
