package com.shareuptime.streams.sink;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How far the writes of one writer had come when its store confirmed them. A store that holds less
 * went back in time.
 *
 * @param writer one start of one writing subtask
 * @param sequence of its batches the last that was confirmed
 * @param lost whether the store has held less since, and that was not made good
 */
public record StoreMark(String writer, long sequence, boolean lost) {

  /** Flink's type of these marks. */
  public static final TypeInformation<StoreMark> TYPE =
      ValueType.of(StoreMark.class, new Serializer());

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<StoreMark> {}
}
