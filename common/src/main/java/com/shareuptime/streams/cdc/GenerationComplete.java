package com.shareuptime.streams.cdc;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * From the moment that the watermark of the rows reaches {@code effectiveAt}, rows of {@code table}
 * that only older generations knew are gone.
 *
 * @param effectiveAt epoch milliseconds
 */
public record GenerationComplete(CdcTable table, long generation, long effectiveAt) {
  /** Flink's type of this news. */
  public static final TypeInformation<GenerationComplete> TYPE =
      ValueType.of(GenerationComplete.class, new Serializer());

  /** Layout between subtasks and in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<GenerationComplete> {}
}
