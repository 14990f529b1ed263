package com.shareuptime.streams.counters.total;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Amounts by second: a small sorted map of primitives, without the seconds that have none. */
final class BySecond {
  private long[] seconds = new long[2];
  private int[] amounts = new int[2];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The second at a place; places count from the oldest. */
  long second(int at) {
    return seconds[at];
  }

  int amount(int at) {
    return amounts[at];
  }

  /** The first place whose second is not before {@code second}; {@link #size} if there is none. */
  int lowerBound(long second) {
    int at = Arrays.binarySearch(seconds, 0, size, second);
    return at >= 0 ? at : -at - 1;
  }

  void add(long second, int amount) {
    int at = lowerBound(second);
    if (at == size || seconds[at] != second) {
      insert(at, second);
    }
    amounts[at] += amount;
    if (amounts[at] == 0) {
      dropEmpty();
    }
  }

  /** Changes the amount at a place, which stays even if nothing is left: see {@link #dropEmpty}. */
  void change(int at, int by) {
    amounts[at] += by;
  }

  /** Removes the places at which nothing is left. */
  void dropEmpty() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (amounts[i] != 0) {
        seconds[kept] = seconds[i];
        amounts[kept++] = amounts[i];
      }
    }
    size = kept;
  }

  private void insert(int at, long second) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      amounts = Arrays.copyOf(amounts, size * 2);
    }
    System.arraycopy(seconds, at, seconds, at + 1, size - at);
    System.arraycopy(amounts, at, amounts, at + 1, size - at);
    seconds[at] = second;
    amounts[at] = 0;
    size++;
  }

  BySecond copy() {
    BySecond copy = new BySecond();
    copy.seconds = seconds.clone();
    copy.amounts = amounts.clone();
    copy.size = size;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(seconds[i]);
      out.writeInt(amounts[i]);
    }
  }

  static BySecond read(DataInputView in) throws IOException {
    BySecond read = new BySecond();
    int size = in.readUnsignedShort();
    read.seconds = new long[Math.max(2, size)];
    read.amounts = new int[Math.max(2, size)];
    read.size = size;
    for (int i = 0; i < size; i++) {
      read.seconds[i] = in.readLong();
      read.amounts[i] = in.readInt();
    }
    return read;
  }
}
