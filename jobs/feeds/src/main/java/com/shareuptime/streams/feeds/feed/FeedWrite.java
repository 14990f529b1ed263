package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One write to feeds. A run of writes may be repeated from any of them on: each adds, raises, or
 * takes away a claim of completeness. Those of one user are in order.
 *
 * <p>What takes away or claims names the run of the job that has decided it: Redis refuses those of
 * a run that was given up, and comes back, behind those of a later one.
 */
public sealed interface FeedWrite {
  /** Flink's type of these writes. */
  TypeInformation<FeedWrite> TYPE = ValueType.of(FeedWrite.class, new Serializer());

  /** Puts each post into the feed of each user. */
  record Push(Id author, Posts posts, Ids users) implements FeedWrite {
    /** Flink's type of deliveries alone. */
    public static final TypeInformation<Push> TYPE = ValueType.of(Push.class, new Serializer());

    /** As it is found in the dead letters. */
    @Override
    public String toString() {
      return "posts of %s to %s: %s".formatted(author, users, posts);
    }

    /** Layout in the state of a sink, as of any write. */
    public static final class Serializer extends ValueSerializer<Push> {
      private static final FeedWrite.Serializer WRITE = new FeedWrite.Serializer();

      @Override
      protected void write(Push push, DataOutputView out) throws IOException {
        WRITE.serialize(push, out);
      }

      @Override
      protected Push read(DataInputView in) throws IOException {
        return (Push) WRITE.deserialize(in);
      }
    }
  }

  /** Empties a user's feed and pulled authors; the feed is being filled, by this filling. */
  record Open(@Layout(since = 2) long run, Id user, long epoch) implements FeedWrite {}

  /**
   * Every entry above {@code mark} is in the feed now, if this filling was the last to open it.
   *
   * @param opener the run that has opened it: another's of the same number is another filling
   */
  record Complete(
      @Layout(since = 2) long run, Id user, long epoch, @Layout(since = 2) long opener, long mark)
      implements FeedWrite {}

  /** Entries at and below {@code mark} may be missing. */
  record Raise(Id user, long mark) implements FeedWrite {}

  /** The user has no feed any more. */
  record Drop(@Layout(since = 2) long run, Id user) implements FeedWrite {}

  /** Adds the author to what each user pulls. */
  record Pull(@Layout(since = 2) long run, Id author, Ids users) implements FeedWrite {}

  /** Raises the mark of each user, and takes the author out of what they pull. */
  record Unpull(@Layout(since = 2) long run, Id author, long mark, Ids users)
      implements FeedWrite {}

  /**
   * Posts of an author's timeline.
   *
   * @param whole whether these are all there is above {@code mark}, instead of what was there
   */
  record Timeline(@Layout(since = 2) long run, Id author, Posts posts, long mark, boolean whole)
      implements FeedWrite {}

  /**
   * Writes that were given up to these users' feeds and authors' timelines: none of them claims
   * anything any more, until it is written as a whole. It does no harm whenever it comes.
   *
   * <p>Who has given up is told as twice the run, or one more if that run is over, so that the
   * greater of two says more: Redis then refuses all before, and what is over itself.
   *
   * @param usersFence of the run that has decided about the feeds, 0 if none has
   * @param authorsFence of the run that has decided about the timelines, 0 if none has
   */
  record Lost(Ids users, long usersFence, Ids authors, long authorsFence) implements FeedWrite {
    /** As a later run finds it in its state. */
    public Lost ofRunsThatAreOver() {
      return new Lost(users, usersFence | 1, authors, authorsFence | 1);
    }

    /** As it is found in the dead letters. */
    @Override
    public String toString() {
      return "lost: feeds of %s, timelines of %s".formatted(users, authors);
    }
  }

  /** Layout in the state of a sink. */
  @InState(newest = 2)
  final class Serializer extends UnionSerializer<FeedWrite> {
    public Serializer() {
      super(
          "write to a feed",
          Push.class,
          Open.class,
          Complete.class,
          Raise.class,
          Drop.class,
          Pull.class,
          Unpull.class,
          Timeline.class,
          Lost.class);
    }

    @Override
    protected FeedWrite restored(FeedWrite write, int layout) {
      return write instanceof Lost lost ? lost.ofRunsThatAreOver() : write;
    }
  }
}
