package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Forms of bytes that Flink does not have. Each is a record: its fields are constants to the JIT.
 */
final class Forms {
  private Forms() {}

  record Text() {
    void write(String text, DataOutputView out) throws IOException {
      ValueSerializer.writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    String read(DataInputView in) throws IOException {
      byte[] bytes = ValueSerializer.readBytes(in);
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  record Bytes() {
    void write(byte[] bytes, DataOutputView out) throws IOException {
      ValueSerializer.writeBytes(bytes, out);
    }

    byte[] read(DataInputView in) throws IOException {
      return ValueSerializer.readBytes(in);
    }
  }

  record Longs() {
    void write(long[] numbers, DataOutputView out) throws IOException {
      out.writeInt(numbers.length);
      for (long number : numbers) {
        out.writeLong(number);
      }
    }

    long[] read(DataInputView in) throws IOException {
      long[] numbers = new long[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readLong();
      }
      return numbers;
    }
  }

  /**
   * Of numbers as {@link Longs}; each is as {@link IdSerializer} has it. Numbers pass without an
   * object for each.
   */
  record ManyIds() {
    void write(Ids ids, DataOutputView out) throws IOException {
      out.writeInt(ids.size());
      if (ids.isPacked()) {
        for (long number : ids.packed()) {
          IdSerializer.writeNumber(number, out);
        }
        return;
      }
      for (Id id : ids) {
        IdSerializer.writeId(id, out);
      }
    }

    Ids read(DataInputView in) throws IOException {
      long[] numbers = new long[in.readInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readLong();
        if (numbers[i] == IdSerializer.OTHER) {
          return readFrom(i, numbers, in);
        }
      }
      return Ids.packed(numbers);
    }

    /** The rest, from the first on that is no plain number. */
    private static Ids readFrom(int first, long[] numbers, DataInputView in) throws IOException {
      Ids.Builder ids = new Ids.Builder(numbers.length);
      ids.addAll(Ids.packed(numbers).range(0, first)).add(IdSerializer.readOther(in));
      while (ids.size() < numbers.length) {
        ids.add(IdSerializer.readId(in));
      }
      return ids.build();
    }
  }

  record Ordinal(List<?> constants) {
    void write(Enum<?> constant, DataOutputView out) throws IOException {
      out.writeByte(constant.ordinal());
    }

    Enum<?> read(DataInputView in) throws IOException {
      return (Enum<?>) constants.get(in.readByte());
    }
  }

  record Name(Class<?> type) {
    void write(Enum<?> constant, DataOutputView out) throws IOException {
      out.writeUTF(constant.name());
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // of some enum
    Enum<?> read(DataInputView in) throws IOException {
      return Enum.valueOf((Class) type, in.readUTF());
    }
  }

  record ListOf(CompiledCodec one) {
    void write(List<?> list, DataOutputView out) throws IOException {
      out.writeInt(list.size());
      for (Object value : list) {
        one.write(value, out);
      }
    }

    List<?> read(DataInputView in) throws IOException {
      int size = in.readInt();
      if (size == 0) {
        return List.of();
      }
      List<Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(one.read(in));
      }
      return list;
    }
  }
}
