package com.shareuptime.streams.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A number in as few bytes as it needs: seven bits a byte, the lowest first, small ones in one. */
public final class PackedNumber {
  private PackedNumber() {}

  /** Writes any number; one near 0, on either side, is short. */
  public static void write(long number, DataOutputView out) throws IOException {
    long rest = number << 1 ^ number >> 63; // the sign goes to the lowest bit
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #write} has written. */
  public static long read(DataInputView in) throws IOException {
    long bits = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return bits >>> 1 ^ -(bits & 1);
      }
    }
    throw new IOException("a number of more than 64 bits");
  }
}
