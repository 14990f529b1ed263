package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the row of a post or reel says of its place in lists.
 *
 * @param listed whether it is there, not soft-deleted, and public
 * @param author who may be looked up; {@link ListChange#NOBODY} where the row is gone
 * @param changedAt epoch milliseconds
 */
public record TargetStanding(
    CounterTarget target, RowVersion version, boolean listed, Id author, long changedAt) {

  /** Flink's type of this. */
  public static final TypeInformation<TargetStanding> TYPE =
      ValueType.of(TargetStanding.class, new Serializer());

  /** Of a row that is gone. */
  public static TargetStanding gone(CounterTarget target, RowVersion version, long at) {
    return new TargetStanding(target, version, false, ListChange.NOBODY, at);
  }

  boolean isGone() {
    return author.equals(ListChange.NOBODY);
  }

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<TargetStanding> {
    private static final int LAYOUT = 1;
    private static final IdSerializer ID = new IdSerializer();
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(TargetStanding standing, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      TARGET.write(standing.target, out);
      standing.version.write(out);
      out.writeBoolean(standing.listed);
      ID.serialize(standing.author, out);
      out.writeLong(standing.changedAt);
    }

    @Override
    protected TargetStanding read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new TargetStanding(
          TARGET.read(in),
          RowVersion.read(in),
          in.readBoolean(),
          ID.deserialize(in),
          in.readLong());
    }
  }
}
