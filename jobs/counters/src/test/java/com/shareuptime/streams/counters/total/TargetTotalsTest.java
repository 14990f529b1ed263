package com.shareuptime.streams.counters.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.serialization.PackedNumber;
import java.io.IOException;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The state of one target is read as it was written, however much waits in it. */
class TargetTotalsTest {
  private static final long GRACE = 30;

  /** How long rows are away: more seconds than 16 bits can count. */
  private static final int SILENCE = 70_000;

  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(7));
  private static final TargetTotals.Serializer SERIALIZER = new TargetTotals.Serializer();

  private final Reconciler reconciler = new Reconciler(GRACE, CounterMode.EVENTS_AND_ROWS);

  @Test
  void eventsOfALongSilenceOfRowsAreCountedAndConfirmedWhenTheRowsComeBack() throws IOException {
    long start = 1_000_000;
    TargetTotals totals = new TargetTotals(start);
    for (int second = 0; second < SILENCE; second++) {
      reconciler.event(totals, like(start + second, 0), start);
    }
    reconciler.event(totals, comment(start + SILENCE, 0), start); // kept behind the likes
    totals = restored(totals);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(SILENCE);
    assertThat(totals.served(CounterKind.COMMENTS)).isEqualTo(1);

    for (int second = 0; second < SILENCE; second++) {
      reconciler.row(totals, like(start + second, 1), start + second, 0);
      if (second % 10_000 == 0) {
        totals = restored(totals);
        settle(totals, start + second);
        assertThat(totals.served(CounterKind.LIKES)).isEqualTo(SILENCE);
      }
    }
    settle(totals, start + SILENCE + 2 * (GRACE + 2));
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(SILENCE);
    assertThat(totals.served(CounterKind.COMMENTS)).as("the one without a row").isZero();
    assertThat(reconciler.waitsUntil(totals)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void rowsThatTookEventsOfLaterSecondsAreKeptHoweverManyTheyAre() throws IOException {
    Borrowed borrowed = new Borrowed();
    int rows = 0x1_0001;
    for (int row = 0; row < rows; row++) {
      borrowed.add(row, 1_000_000, 1, 0);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    borrowed.write(out);
    out.writeLong(42);
    DataInputDeserializer in = new DataInputDeserializer(out.getSharedBuffer(), 0, out.length());
    assertThat(Borrowed.read(in).across(1_000_000)).isEqualTo(rows);
    assertThat(in.readLong()).as("what follows").isEqualTo(42);
  }

  @Test
  void anyStateIsReadAsItWasWritten() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      TargetTotals totals = new TargetTotals(random.nextInt());
      long second = random.nextInt(1_000_000);
      for (int n = random.nextInt(60); n > 0; n--) {
        second += random.nextInt(3) == 0 ? random.nextInt(100_000) : random.nextInt(3);
        CounterDelta delta =
            new CounterDelta(
                POST,
                CounterKind.of(random.nextInt(seed % 2 == 0 ? 3 : CounterKind.MOST)),
                random.nextBoolean(),
                second - random.nextInt(20),
                random.nextInt(3),
                true,
                1 + random.nextInt(random.nextBoolean() ? 3 : 1_000_000));
        if (delta.generation() == 0) {
          reconciler.event(totals, delta, second - 20);
        } else {
          reconciler.row(totals, delta, second - 20, 0);
        }
      }
      if (random.nextInt(4) == 0) {
        Counts found = random.nextBoolean() ? Counts.of(random.nextInt(), 2, 1L << 40) : null;
        Counts truth = random.nextInt(4) > 0 ? Counts.of(1, 0, 300) : null;
        totals.held = new Correction(POST, random.nextLong(), truth, found);
      }
      byte[] written = bytes(totals);
      TargetTotals read = restored(totals);
      assertThat(bytes(read)).as("seed %d", seed).isEqualTo(written);
      assertThat(read.held).as("seed %d", seed).isEqualTo(totals.held);
      for (int i = 0; i < CounterKind.MOST; i++) {
        CounterKind kind = CounterKind.of(i);
        assertThat(read.served(kind)).as("seed %d", seed).isEqualTo(totals.served(kind));
      }
      assertThat(reconciler.waitsUntil(read))
          .as("seed %d", seed)
          .isEqualTo(reconciler.waitsUntil(totals));
    }
  }

  /** It had three counts in a correction that is held, and did not say so. */
  @Test
  void whatTheBuildBeforeHasHeldIsRead() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeByte(4);
    out.writeByte(1 << 4);
    new RowVersion(0, 0).write(out);
    for (long number : new long[] {0, 7, 0, TargetTotals.NO_TIMER}) {
      out.writeLong(number);
    }
    out.writeByte(0);
    new CounterTarget.Serializer().serialize(POST, out);
    for (long number : new long[] {99, 5, 2, 1}) {
      PackedNumber.write(number, out);
    }
    out.writeByte(1);
    for (long number : new long[] {6, 2, 1}) {
      PackedNumber.write(number, out);
    }
    TargetTotals read = SERIALIZER.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(read.held)
        .isEqualTo(new Correction(POST, 99, Counts.of(5, 2, 1), Counts.of(6, 2, 1)));
    assertThat(restored(read).held).isEqualTo(read.held);
  }

  private void settle(TargetTotals totals, long watermark) {
    reconciler.settle(totals, watermark, watermark, (kind, create, reason, second, amount) -> {});
  }

  private static TargetTotals restored(TargetTotals totals) throws IOException {
    byte[] bytes = bytes(totals);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    TargetTotals read = SERIALIZER.deserialize(in);
    assertThat(in.available()).as("all that was written is read").isZero();
    return read;
  }

  private static byte[] bytes(TargetTotals totals) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(totals, out);
    return out.getCopyOfBuffer();
  }

  private static CounterDelta like(long second, long generation) {
    return new CounterDelta(POST, CounterKind.LIKES, true, second, generation, true, 1);
  }

  private static CounterDelta comment(long second, long generation) {
    return new CounterDelta(POST, CounterKind.COMMENTS, true, second, generation, true, 1);
  }
}
