package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Where a topic stands: the generation of its rows, the part of the job's state that a restart must
 * not lose. A snapshot starts a generation, and so does each TRUNCATE, at its place in the WAL: a
 * repeat of the stream therefore gives every row the number that it had the first time.
 *
 * @param entity whose rows the topic has
 * @param generation snapshot number, and in the low {@value #TRUNCATION_BITS} bits how often the
 *     table was truncated since
 * @param truncatedAt LSN of the last TRUNCATE, 0 for none since the snapshot
 * @param complete whether the end of a snapshot has been said
 * @param partitions of the table's topic: rows must not move between partitions
 * @param relation what earlier builds have of {@link ReadTable}: the oid of the one table that the
 *     topic had; 0 if it is not known
 */
public record TableGeneration(
    @Layout(by = EntityName.class) String entity,
    long generation,
    long truncatedAt,
    boolean complete,
    int partitions,
    @Layout(since = 2) long relation) {
  private static final int TRUNCATION_BITS = Heartbeat.SNAPSHOT_SHIFT;

  /** Flink's type of these values. */
  public static final TypeInformation<TableGeneration> TYPE =
      ValueType.of(TableGeneration.class, new Serializer());

  /** The generation of a fresh snapshot. */
  static TableGeneration ofSnapshot(String entity, long snapshot, int partitions) {
    return new TableGeneration(entity, snapshot << TRUNCATION_BITS, 0, false, partitions, 0);
  }

  /** The generation that a row written at {@code lsn} belongs to. */
  long at(long lsn) {
    return lsn < truncatedAt ? generation - 1 : generation;
  }

  /** What is true after a TRUNCATE at {@code lsn}; the same if it is a repeat. */
  TableGeneration truncated(long lsn) {
    return lsn <= truncatedAt
        ? this
        : new TableGeneration(entity, generation + 1, lsn, complete, partitions, relation);
  }

  TableGeneration completed() {
    return complete
        ? this
        : new TableGeneration(entity, generation, truncatedAt, true, partitions, relation);
  }

  /** Layout in state. */
  @InState(newest = 2)
  public static final class Serializer extends RecordSerializer<TableGeneration> {}
}
