package com.shareuptime.streams.cdc;

import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A beat of the source database, copied by ingest into every partition of every cdc topic, in
 * commit order. It says: all that committed before this beat and belongs to this partition is ahead
 * of it here.
 *
 * @param beatMicros when the beat was written, in microseconds since the epoch, by the database's
 *     clock
 * @param lsn the WAL position read just before the beat was written, as a number
 * @param partition the partition that this copy stands in
 * @param partitions how many partitions the topic has; a reader that sees fewer must hold back
 * @param generation the newest complete generation of the topic's table
 */
public record Heartbeat(long beatMicros, long lsn, int partition, int partitions, long generation) {

  /** A generation is the number of a snapshot, and in as many low bits the truncations since. */
  public static final int SNAPSHOT_SHIFT = 20;

  /** Flink's type of these beats. */
  public static final TypeInformation<Heartbeat> TYPE =
      ValueType.of(Heartbeat.class, new Serializer());

  /** Kafka header that holds the five numbers, in the order of the components. */
  public static final String HEADER = "heartbeat";

  /**
   * Reads the value of {@link #HEADER}.
   *
   * @throws IllegalArgumentException if it is not five numbers with colons between
   */
  public static Heartbeat parse(byte[] header) {
    long[] n = ColonNumbers.numbers(header, 5);
    return new Heartbeat(n[0], n[1], Math.toIntExact(n[2]), Math.toIntExact(n[3]), n[4]);
  }

  /** The value of {@link #HEADER}. */
  public byte[] toHeader() {
    return (beatMicros + ":" + lsn + ":" + partition + ":" + partitions + ":" + generation)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Layout between subtasks and in state, which has had no version. */
  public static final class Serializer extends RecordSerializer<Heartbeat> {}

  /** The fixed key of the beats of a partition, so that compaction keeps the newest. */
  public static byte[] key(int partition) {
    return ("{\"heartbeat\":" + partition + "}").getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of the snapshot that the generation belongs to. */
  public long snapshot() {
    return generation >>> SNAPSHOT_SHIFT;
  }

  /** The beat's time in milliseconds, rounded down: the watermark that it stands for. */
  public long watermark() {
    return Math.floorDiv(beatMicros, 1000L);
  }
}
