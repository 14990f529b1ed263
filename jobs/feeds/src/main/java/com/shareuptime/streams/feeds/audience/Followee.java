package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is known of one row of follows.
 *
 * @param accepted whether it is there and accepted
 * @param changedAt epoch milliseconds
 */
record Followee(RowVersion version, boolean accepted, long changedAt) {
  /** Flink's type of this state. */
  static final TypeInformation<Followee> TYPE = ValueType.of(Followee.class, new Serializer());

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Followee> {}
}
