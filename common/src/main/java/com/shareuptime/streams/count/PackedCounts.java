package com.shareuptime.streams.count;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Counts as part of a value: how many there are, then each in as few bytes as it needs. So a build
 * that knows more counters reads what one that knew fewer has written.
 */
public final class PackedCounts extends ValueSerializer<Counts> {
  /** How many there were in layouts that did not say so. */
  public static final int FIRST = 3;

  @Override
  public void write(Counts counts, DataOutputView out) throws IOException {
    int size = Math.max(FIRST, counts.size());
    out.writeByte(size);
    for (int i = 0; i < size; i++) {
      PackedNumber.write(counts.of(CounterKind.of(i)), out);
    }
  }

  @Override
  public Counts read(DataInputView in) throws IOException {
    return read(in, in.readUnsignedByte());
  }

  /** Reads so many, packed. */
  public static Counts read(DataInputView in, int count) throws IOException {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = PackedNumber.read(in);
    }
    return Counts.of(numbers);
  }

  /** Reads the first three as 64 bits each, as earlier layouts had them. */
  public static Counts readWide(DataInputView in) throws IOException {
    return readWide(in.readByte(), in);
  }

  /**
   * The same.
   *
   * @param first byte of them, which was read to see whether they are that
   */
  public static Counts readWide(byte first, DataInputView in) throws IOException {
    long number = first;
    for (int i = 1; i < Long.BYTES; i++) {
      number = number << Byte.SIZE | in.readUnsignedByte();
    }
    return Counts.of(number, in.readLong(), in.readLong());
  }
}
