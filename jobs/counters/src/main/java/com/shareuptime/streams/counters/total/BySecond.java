package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.serialization.PackedNumber;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Amounts by second: a sorted map of primitives, without the seconds that have none. Small, but
 * while one of two inputs is away as large as that takes seconds.
 */
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
    PackedNumber.write(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      PackedNumber.write(seconds[i] - before, out);
      PackedNumber.write(amounts[i], out);
      before = seconds[i];
    }
  }

  static BySecond read(DataInputView in) throws IOException {
    BySecond read = ofSize((int) PackedNumber.read(in));
    long second = 0;
    for (int i = 0; i < read.size; i++) {
      second += PackedNumber.read(in);
      read.seconds[i] = second;
      read.amounts[i] = (int) PackedNumber.read(in);
    }
    return read;
  }

  /** Reads the layout of builds that wrote the size in 16 bits. */
  static BySecond readShort(DataInputView in) throws IOException {
    BySecond read = ofSize(in.readUnsignedShort());
    for (int i = 0; i < read.size; i++) {
      read.seconds[i] = in.readLong();
      read.amounts[i] = in.readInt();
    }
    return read;
  }

  private static BySecond ofSize(int size) {
    BySecond sized = new BySecond();
    sized.seconds = new long[Math.max(2, size)];
    sized.amounts = new int[Math.max(2, size)];
    sized.size = size;
    return sized;
  }
}
