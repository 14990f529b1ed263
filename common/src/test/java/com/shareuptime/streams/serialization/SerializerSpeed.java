package com.shareuptime.streams.serialization;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.sink.StoreMark;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How fast layouts that follow from records are, against the same by hand: prints nanoseconds a
 * value for writing and for reading. Several types take turns, as in a job, so that no call leads
 * to one serializer alone.
 */
final class SerializerSpeed {
  private static final int VALUES = 1_000;
  private static final int ROUNDS = 10_000;

  private SerializerSpeed() {}

  private static final class MarkByHand extends ValueSerializer<StoreMark> {
    @Override
    protected void write(StoreMark mark, DataOutputView out) throws IOException {
      out.writeByte(1);
      out.writeUTF(mark.writer());
      out.writeLong(mark.sequence());
      out.writeBoolean(mark.lost());
    }

    @Override
    protected StoreMark read(DataInputView in) throws IOException {
      readLayout(in, 1);
      return new StoreMark(in.readUTF(), in.readLong(), in.readBoolean());
    }
  }

  private static final class BeatByHand extends ValueSerializer<Heartbeat> {
    @Override
    protected void write(Heartbeat beat, DataOutputView out) throws IOException {
      out.writeLong(beat.beatMicros());
      out.writeLong(beat.lsn());
      out.writeInt(beat.partition());
      out.writeInt(beat.partitions());
      out.writeLong(beat.generation());
    }

    @Override
    protected Heartbeat read(DataInputView in) throws IOException {
      return new Heartbeat(in.readLong(), in.readLong(), in.readInt(), in.readInt(), in.readLong());
    }
  }

  /** Of changes only. */
  private static final class RecordByHand extends ValueSerializer<CdcRecord> {
    @Override
    protected void write(CdcRecord record, DataOutputView out) throws IOException {
      out.writeByte(record.table().number());
      out.writeInt(record.partition());
      out.writeLong(record.offset());
      out.writeLong(record.timestamp());
      writeBytes(record.key(), out);
      writeBytes(record.value(), out);
      out.writeBoolean(record.version() != null);
      if (record.version() != null) {
        record.version().write(out);
      }
      out.writeBoolean(false);
      out.writeBoolean(false);
    }

    @Override
    protected CdcRecord read(DataInputView in) throws IOException {
      CdcRecord change = readChange(in);
      if (in.readShort() != 0) { // neither of two flags
        throw new IOException("not a change");
      }
      return change;
    }

    private static CdcRecord readChange(DataInputView in) throws IOException {
      return new CdcRecord(
          CdcTable.FIXED.get(in.readByte()),
          in.readInt(),
          in.readLong(),
          in.readLong(),
          readBytes(in),
          readBytes(in),
          in.readBoolean() ? RowVersion.read(in) : null,
          null,
          null);
    }
  }

  private record Type<T>(TypeSerializer<T> byHand, TypeSerializer<T> laidOut, List<T> values) {
    Type(TypeSerializer<T> byHand, TypeSerializer<T> laidOut, IntFunction<T> value) {
      this(byHand, laidOut, IntStream.range(0, VALUES).mapToObj(value).toList());
    }

    void measure(long[] best) throws IOException {
      measure(byHand, best, 0);
      measure(laidOut, best, 2);
    }

    private void measure(TypeSerializer<T> serializer, long[] best, int at) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(1 << 20);
      long start = System.nanoTime();
      for (T value : values) {
        serializer.serialize(value, out);
      }
      long written = System.nanoTime();
      DataInputDeserializer in = new DataInputDeserializer(out.getSharedBuffer());
      for (int i = 0; i < VALUES; i++) {
        if (serializer.deserialize(in) == null) {
          throw new IllegalStateException("no value was read");
        }
      }
      best[at] = Math.min(best[at], written - start);
      best[at + 1] = Math.min(best[at + 1], System.nanoTime() - written);
    }
  }

  public static void main(String[] arguments) throws IOException {
    List<Type<?>> types =
        List.of(
            new Type<>(
                new MarkByHand(), new StoreMark.Serializer(), i -> new StoreMark("w", i, false)),
            new Type<>(
                new BeatByHand(), new Heartbeat.Serializer(), i -> new Heartbeat(i, i, 1, 4, i)),
            new Type<>(
                new RecordByHand(),
                new CdcRecord.Serializer(),
                i ->
                    new CdcRecord(
                        CdcTable.LIKES,
                        1,
                        i,
                        i,
                        new byte[12],
                        new byte[300],
                        new RowVersion(1 << 20, i, i % 2),
                        null,
                        null)));
    long[][] best = new long[types.size()][4];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        if (round == 0 || round == ROUNDS / 2) {
          Arrays.fill(best[i], Long.MAX_VALUE);
        }
        types.get(i).measure(best[i]);
      }
    }
    for (int i = 0; i < best.length; i++) {
      System.out.printf(
          "%s: by hand %.1f and %.1f ns, laid out %.1f and %.1f ns%n",
          types.get(i).values().get(0).getClass().getSimpleName(),
          best[i][0] / (double) VALUES,
          best[i][1] / (double) VALUES,
          best[i][2] / (double) VALUES,
          best[i][3] / (double) VALUES);
    }
  }
}
