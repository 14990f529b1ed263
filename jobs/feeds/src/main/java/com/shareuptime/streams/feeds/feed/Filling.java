package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How far the filling of a feed is.
 *
 * @param epoch which filling
 * @param awaited answers that are still to come; {@link #COMPLETE} and {@link #DROPPED} are beyond
 * @param mark the highest of the answers' marks
 * @param opener the run that has emptied the feed for it, 0 if an earlier build has
 */
record Filling(long epoch, int awaited, long mark, @Layout(since = 2) long opener) {
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

  /** Layout in state. */
  @InState(newest = 2)
  public static final class Serializer extends RecordSerializer<Filling> {}
}
