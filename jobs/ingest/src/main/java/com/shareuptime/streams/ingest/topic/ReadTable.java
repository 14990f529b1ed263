package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A table that a checkpoint has read: another that takes its name has rows that the stream never
 * had.
 *
 * @param name with its schema
 * @param relation its oid
 */
public record ReadTable(String name, long relation) {

  /** Flink's type of these values. */
  public static final TypeInformation<ReadTable> TYPE =
      ValueType.of(ReadTable.class, new Serializer());

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<ReadTable> {}
}
