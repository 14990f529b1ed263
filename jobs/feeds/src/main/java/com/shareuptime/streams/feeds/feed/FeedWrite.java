package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One write to feeds. A run of writes may be repeated from any of them on: each adds, raises, or
 * takes away a claim of completeness. Those of one user are in order.
 */
public sealed interface FeedWrite {
  /** Flink's type of these writes. */
  TypeInformation<FeedWrite> TYPE = ValueType.of(FeedWrite.class, new Serializer());

  /** Puts each post into the feed of each user. */
  record Push(long author, Posts posts, long[] users) implements FeedWrite {
    /** Flink's type of deliveries alone. */
    public static final TypeInformation<Push> TYPE = ValueType.of(Push.class, new Serializer());

    /** As it is found in the dead letters. */
    @Override
    public String toString() {
      return "posts of %d to %s: %s".formatted(author, Arrays.toString(users), posts);
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
  record Open(long user, long epoch) implements FeedWrite {}

  /** Every entry above {@code mark} is in the feed now, if this filling was the last to open it. */
  record Complete(long user, long epoch, long mark) implements FeedWrite {}

  /** Entries at and below {@code mark} may be missing. */
  record Raise(long user, long mark) implements FeedWrite {}

  /** The user has no feed any more. */
  record Drop(long user) implements FeedWrite {}

  /** Adds the author to what each user pulls. */
  record Pull(long author, long[] users) implements FeedWrite {}

  /** Raises the mark of each user, and takes the author out of what they pull. */
  record Unpull(long author, long mark, long[] users) implements FeedWrite {}

  /**
   * Posts of an author's timeline.
   *
   * @param whole whether these are all there is above {@code mark}, instead of what was there
   */
  record Timeline(long author, Posts posts, long mark, boolean whole) implements FeedWrite {}

  /** Layout in the state of a sink: a version byte, then a tag. */
  final class Serializer extends ValueSerializer<FeedWrite> {
    private static final int LAYOUT = 1;
    private static final Posts.Serializer POSTS = new Posts.Serializer();

    @Override
    protected void write(FeedWrite write, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      if (write instanceof Push push) {
        out.writeByte(0);
        out.writeLong(push.author);
        POSTS.write(push.posts, out);
        writeLongs(push.users, out);
      } else if (write instanceof Open open) {
        out.writeByte(1);
        out.writeLong(open.user);
        out.writeLong(open.epoch);
      } else if (write instanceof Complete complete) {
        out.writeByte(2);
        out.writeLong(complete.user);
        out.writeLong(complete.epoch);
        out.writeLong(complete.mark);
      } else if (write instanceof Raise raise) {
        out.writeByte(3);
        out.writeLong(raise.user);
        out.writeLong(raise.mark);
      } else if (write instanceof Drop drop) {
        out.writeByte(4);
        out.writeLong(drop.user);
      } else if (write instanceof Pull pull) {
        out.writeByte(5);
        out.writeLong(pull.author);
        writeLongs(pull.users, out);
      } else if (write instanceof Unpull unpull) {
        out.writeByte(6);
        out.writeLong(unpull.author);
        out.writeLong(unpull.mark);
        writeLongs(unpull.users, out);
      } else if (write instanceof Timeline timeline) {
        out.writeByte(7);
        out.writeLong(timeline.author);
        POSTS.write(timeline.posts, out);
        out.writeLong(timeline.mark);
        out.writeBoolean(timeline.whole);
      }
    }

    @Override
    protected FeedWrite read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> new Push(in.readLong(), POSTS.read(in), readLongs(in));
        case 1 -> new Open(in.readLong(), in.readLong());
        case 2 -> new Complete(in.readLong(), in.readLong(), in.readLong());
        case 3 -> new Raise(in.readLong(), in.readLong());
        case 4 -> new Drop(in.readLong());
        case 5 -> new Pull(in.readLong(), readLongs(in));
        case 6 -> new Unpull(in.readLong(), in.readLong(), readLongs(in));
        case 7 -> new Timeline(in.readLong(), POSTS.read(in), in.readLong(), in.readBoolean());
        default -> throw new IOException("no write to a feed has the tag " + tag);
      };
    }
  }
}
