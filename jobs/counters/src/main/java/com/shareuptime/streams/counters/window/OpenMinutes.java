package com.shareuptime.streams.counters.window;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.count.PackedCounts;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The minutes of one target that may still change: as many as the lateness allows. Mutable state;
 * plain logic, times in epoch milliseconds.
 */
final class OpenMinutes {
  static final long MINUTE = 60_000;

  /** Flink's type of this state. */
  static final TypeInformation<OpenMinutes> TYPE =
      ValueType.of(OpenMinutes.class, new Serializer());

  /** One minute: its net changes by kind, and whether they were written since they changed. */
  static final class Minute {
    private final long start;
    private long[] net = new long[CounterKind.FIXED];
    private boolean changed;

    Minute(long start) {
      this.start = start;
    }

    long start() {
      return start;
    }

    void add(CounterKind kind, long amount) {
      widen(kind.ordinal() + 1);
      net[kind.ordinal()] += amount;
      changed = true;
    }

    private void widen(int width) {
      if (width > net.length) {
        net = Arrays.copyOf(net, width);
      }
    }

    long end() {
      return start + MINUTE;
    }

    Counts net() {
      return Counts.of(net);
    }
  }

  /** Told of a minute that is over and has changed. */
  interface Closed {
    void minute(Minute minute);
  }

  private final List<Minute> minutes = new ArrayList<>(2);

  /** Whether the minute of {@code time} is here. */
  boolean has(long time) {
    long start = Math.floorDiv(time, MINUTE) * MINUTE;
    return minutes.stream().anyMatch(minute -> minute.start == start);
  }

  /** Adds to the minute of {@code time}; returns whether the minute is new here. */
  boolean add(long time, CounterKind kind, long amount) {
    long start = Math.floorDiv(time, MINUTE) * MINUTE;
    for (Minute minute : minutes) {
      if (minute.start == start) {
        minute.add(kind, amount);
        return false;
      }
    }
    Minute minute = new Minute(start);
    minute.add(kind, amount);
    minutes.add(minute);
    return true;
  }

  /** Hands out the minutes that are over at {@code watermark} and have changed since last time. */
  void close(long watermark, Closed out) {
    for (Minute minute : minutes) {
      if (minute.changed && minute.end() <= watermark) {
        minute.changed = false;
        out.minute(minute);
      }
    }
  }

  /** Forgets written minutes that ended before {@code time}. */
  void forget(long time) {
    minutes.removeIf(minute -> !minute.changed && minute.end() <= time);
  }

  /** Whether a minute had ended by {@code time}. */
  boolean hasEndedBy(long time) {
    for (Minute minute : minutes) {
      if (minute.end() <= time) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return minutes.isEmpty();
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<OpenMinutes> {
    /** 2 counts the minutes in 32 bits instead of 16; 3 has as many counters as there are. */
    private static final int LAYOUT = 3;

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public OpenMinutes copy(OpenMinutes from) {
      OpenMinutes copy = new OpenMinutes();
      for (Minute minute : from.minutes) {
        Minute twin = new Minute(minute.start);
        twin.net = minute.net.clone();
        twin.changed = minute.changed;
        copy.minutes.add(twin);
      }
      return copy;
    }

    @Override
    protected void write(OpenMinutes open, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeInt(open.minutes.size());
      int counters = CounterKind.FIXED;
      for (Minute minute : open.minutes) {
        counters = Math.max(counters, minute.net.length);
      }
      out.writeByte(counters);
      for (Minute minute : open.minutes) {
        minute.widen(counters);
        out.writeLong(minute.start);
        out.writeBoolean(minute.changed);
        for (long net : minute.net) {
          out.writeLong(net);
        }
      }
    }

    @Override
    protected OpenMinutes read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      OpenMinutes open = new OpenMinutes();
      int minutes = layout >= 2 ? in.readInt() : in.readUnsignedShort();
      int counters = layout >= 3 ? in.readUnsignedByte() : PackedCounts.FIRST;
      for (int n = minutes; n > 0; n--) {
        Minute minute = new Minute(in.readLong());
        minute.changed = in.readBoolean();
        minute.widen(counters);
        for (int i = 0; i < counters; i++) {
          minute.net[i] = in.readLong();
        }
        open.minutes.add(minute);
      }
      return open;
    }
  }
}
