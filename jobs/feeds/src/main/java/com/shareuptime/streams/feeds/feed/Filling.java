package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How far the filling of a feed is.
 *
 * @param epoch which filling
 * @param awaited answers that are still to come; {@link #COMPLETE} and {@link #DROPPED} are beyond
 * @param mark the highest of the answers' marks
 * @param opener the run that has emptied the feed for it, 0 if an earlier build has
 */
record Filling(long epoch, int awaited, long mark, long opener) {
  /** The feed is complete above its mark. */
  static final int COMPLETE = -1;

  /** The user has no feed. */
  static final int DROPPED = -2;

  /** Flink's type of this state. */
  static final TypeInformation<Filling> TYPE = ValueType.of(Filling.class, new Serializer());

  Filling with(FeedInput.Answer answer) {
    return new Filling(
        epoch, answer.counted() ? awaited - 1 : awaited, Math.max(mark, answer.mark()), opener);
  }

  Filling complete() {
    return new Filling(epoch, COMPLETE, 0, opener);
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<Filling> {
    /** Since the second there is an opener. */
    private static final int LAYOUT = 2;

    @Override
    protected void write(Filling filling, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeLong(filling.epoch);
      out.writeInt(filling.awaited);
      out.writeLong(filling.mark);
      out.writeLong(filling.opener);
    }

    @Override
    protected Filling read(DataInputView in) throws IOException {
      boolean hasOpener = readLayout(in, LAYOUT) > 1;
      return new Filling(in.readLong(), in.readInt(), in.readLong(), hasOpener ? in.readLong() : 0);
    }
  }
}
