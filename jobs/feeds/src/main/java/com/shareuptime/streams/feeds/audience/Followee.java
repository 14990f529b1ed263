package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of one row of follows.
 *
 * @param accepted whether it is there and accepted
 * @param changedAt epoch milliseconds
 */
record Followee(RowVersion version, boolean accepted, long changedAt) {
  /** Flink's type of this state. */
  static final TypeInformation<Followee> TYPE = ValueType.of(Followee.class, new Serializer());

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<Followee> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(Followee followee, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      followee.version.write(out);
      out.writeBoolean(followee.accepted);
      out.writeLong(followee.changedAt);
    }

    @Override
    protected Followee read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new Followee(RowVersion.read(in), in.readBoolean(), in.readLong());
    }
  }
}
