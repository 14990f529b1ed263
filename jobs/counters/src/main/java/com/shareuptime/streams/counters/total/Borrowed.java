package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.serialization.PackedNumber;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which rows were confirmed by events of later seconds, by number: what those events' own rows will
 * lack. And which by events of earlier ones, whose own events will lack them. A few entries, and
 * none while rows follow events closely.
 */
final class Borrowed {
  /** Told to give back: so many events of that second. */
  interface Return {
    void giveBack(long eventSecond, int amount);
  }

  private long[] rowSeconds = new long[0];
  private long[] eventSeconds = new long[0];
  private int[] amounts = new int[0];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Notes that so many rows of one second took events of another.
   *
   * @param passed all rows before this second have come: what was borrowed from before it is
   *     settled
   */
  void add(long rowSecond, long eventSecond, int amount, long passed) {
    forgetBefore(passed);
    for (int i = 0; i < size; i++) {
      if (rowSeconds[i] == rowSecond && eventSeconds[i] == eventSecond) {
        amounts[i] += amount;
        return;
      }
    }
    if (size == amounts.length) {
      int room = Math.max(4, size * 2);
      rowSeconds = Arrays.copyOf(rowSeconds, room);
      eventSeconds = Arrays.copyOf(eventSeconds, room);
      amounts = Arrays.copyOf(amounts, room);
    }
    rowSeconds[size] = rowSecond;
    eventSeconds[size] = eventSecond;
    amounts[size++] = amount;
  }

  /** How many rows from before {@code passed} hold events from then or later. */
  int across(long passed) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += isAcross(i, passed) ? amounts[i] : 0;
    }
    return sum;
  }

  /** How many events of about this second rows of before hold. */
  int near(long second, long within) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += isNear(i, second, within) ? amounts[i] : 0;
    }
    return sum;
  }

  /** Their own rows have others now: so many of those that {@link #near} counts are settled. */
  void forget(int wanted, long second, long within) {
    int left = wanted;
    for (int i = 0; i < size && left > 0; i++) {
      if (isNear(i, second, within)) {
        int gone = Math.min(left, amounts[i]);
        amounts[i] -= gone;
        left -= gone;
      }
    }
    forgetBefore(Long.MIN_VALUE);
  }

  private boolean isNear(int at, long second, long within) {
    return rowSeconds[at] < Math.min(second, eventSeconds[at])
        && Math.abs(eventSeconds[at] - second) <= within;
  }

  /**
   * Lets go of so many rows of about this second that events of before hold, or of as many as there
   * are; returns how many.
   */
  int forgetLent(int wanted, long second, long within) {
    int left = wanted;
    for (int i = 0; i < size && left > 0; i++) {
      if (eventSeconds[i] < rowSeconds[i] && Math.abs(rowSeconds[i] - second) <= within) {
        int gone = Math.min(left, amounts[i]);
        amounts[i] -= gone;
        left -= gone;
      }
    }
    forgetBefore(Long.MIN_VALUE);
    return wanted - left;
  }

  /** Lets go of so many of those that {@link #across} counts, all of them at most. */
  void giveBack(int wanted, long passed, Return to) {
    int left = wanted;
    for (int i = 0; i < size && left > 0; i++) {
      if (isAcross(i, passed)) {
        int given = Math.min(left, amounts[i]);
        amounts[i] -= given;
        left -= given;
        to.giveBack(eventSeconds[i], given);
      }
    }
    forgetBefore(Long.MIN_VALUE);
  }

  private boolean isAcross(int at, long passed) {
    return rowSeconds[at] < passed && eventSeconds[at] >= passed;
  }

  private void forgetBefore(long passed) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (amounts[i] > 0 && Math.max(rowSeconds[i], eventSeconds[i]) >= passed) {
        rowSeconds[kept] = rowSeconds[i];
        eventSeconds[kept] = eventSeconds[i];
        amounts[kept++] = amounts[i];
      }
    }
    size = kept;
  }

  Borrowed copy() {
    Borrowed copy = new Borrowed();
    copy.rowSeconds = rowSeconds.clone();
    copy.eventSeconds = eventSeconds.clone();
    copy.amounts = amounts.clone();
    copy.size = size;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    PackedNumber.write(size, out);
    for (int i = 0; i < size; i++) {
      PackedNumber.write(rowSeconds[i], out);
      PackedNumber.write(eventSeconds[i] - rowSeconds[i], out);
      PackedNumber.write(amounts[i], out);
    }
  }

  static Borrowed read(DataInputView in) throws IOException {
    Borrowed read = ofSize((int) PackedNumber.read(in));
    for (int i = 0; i < read.size; i++) {
      read.rowSeconds[i] = PackedNumber.read(in);
      read.eventSeconds[i] = read.rowSeconds[i] + PackedNumber.read(in);
      read.amounts[i] = (int) PackedNumber.read(in);
    }
    return read;
  }

  /** Reads the layout of builds that wrote the size in 16 bits. */
  static Borrowed readShort(DataInputView in) throws IOException {
    Borrowed read = ofSize(in.readUnsignedShort());
    for (int i = 0; i < read.size; i++) {
      read.rowSeconds[i] = in.readLong();
      read.eventSeconds[i] = in.readLong();
      read.amounts[i] = in.readInt();
    }
    return read;
  }

  private static Borrowed ofSize(int size) {
    Borrowed sized = new Borrowed();
    sized.rowSeconds = new long[size];
    sized.eventSeconds = new long[size];
    sized.amounts = new int[size];
    sized.size = size;
    return sized;
  }
}
