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
 *
 * <p>What takes away or claims names the run of the job that has decided it: Redis refuses those of
 * a run that was given up, and comes back, behind those of a later one.
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
  record Open(long run, long user, long epoch) implements FeedWrite {}

  /**
   * Every entry above {@code mark} is in the feed now, if this filling was the last to open it.
   *
   * @param opener the run that has opened it: another's of the same number is another filling
   */
  record Complete(long run, long user, long epoch, long opener, long mark) implements FeedWrite {}

  /** Entries at and below {@code mark} may be missing. */
  record Raise(long user, long mark) implements FeedWrite {}

  /** The user has no feed any more. */
  record Drop(long run, long user) implements FeedWrite {}

  /** Adds the author to what each user pulls. */
  record Pull(long run, long author, long[] users) implements FeedWrite {}

  /** Raises the mark of each user, and takes the author out of what they pull. */
  record Unpull(long run, long author, long mark, long[] users) implements FeedWrite {}

  /**
   * Posts of an author's timeline.
   *
   * @param whole whether these are all there is above {@code mark}, instead of what was there
   */
  record Timeline(long run, long author, Posts posts, long mark, boolean whole)
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
  record Lost(long[] users, long usersFence, long[] authors, long authorsFence)
      implements FeedWrite {
    /** As a later run finds it in its state. */
    public Lost ofRunsThatAreOver() {
      return new Lost(users, usersFence | 1, authors, authorsFence | 1);
    }

    /** As it is found in the dead letters. */
    @Override
    public String toString() {
      return "lost: feeds of %s, timelines of %s"
          .formatted(Arrays.toString(users), Arrays.toString(authors));
    }
  }

  /** Layout in the state of a sink: a version byte, then a tag. */
  final class Serializer extends ValueSerializer<FeedWrite> {
    /** Since the second, the run follows the tag of writes that have one. */
    private static final int LAYOUT = 2;

    private static final int PUSH = 0;
    private static final int RAISE = 3;
    private static final int LOST = 8;
    private static final Posts.Serializer POSTS = new Posts.Serializer();

    @Override
    protected void write(FeedWrite write, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      if (write instanceof Push push) {
        out.writeByte(PUSH);
        out.writeLong(push.author);
        POSTS.write(push.posts, out);
        writeLongs(push.users, out);
      } else if (write instanceof Open open) {
        begin(1, open.run, out);
        out.writeLong(open.user);
        out.writeLong(open.epoch);
      } else if (write instanceof Complete complete) {
        begin(2, complete.run, out);
        out.writeLong(complete.user);
        out.writeLong(complete.epoch);
        out.writeLong(complete.opener);
        out.writeLong(complete.mark);
      } else if (write instanceof Raise raise) {
        out.writeByte(RAISE);
        out.writeLong(raise.user);
        out.writeLong(raise.mark);
      } else if (write instanceof Drop drop) {
        begin(4, drop.run, out);
        out.writeLong(drop.user);
      } else if (write instanceof Pull pull) {
        begin(5, pull.run, out);
        out.writeLong(pull.author);
        writeLongs(pull.users, out);
      } else if (write instanceof Unpull unpull) {
        begin(6, unpull.run, out);
        out.writeLong(unpull.author);
        out.writeLong(unpull.mark);
        writeLongs(unpull.users, out);
      } else if (write instanceof Timeline timeline) {
        begin(7, timeline.run, out);
        out.writeLong(timeline.author);
        POSTS.write(timeline.posts, out);
        out.writeLong(timeline.mark);
        out.writeBoolean(timeline.whole);
      } else if (write instanceof Lost lost) {
        out.writeByte(LOST);
        writeLongs(lost.users, out);
        out.writeLong(lost.usersFence);
        writeLongs(lost.authors, out);
        out.writeLong(lost.authorsFence);
      }
    }

    private static void begin(int tag, long run, DataOutputView out) throws IOException {
      out.writeByte(tag);
      out.writeLong(run);
    }

    @Override
    protected FeedWrite read(DataInputView in) throws IOException {
      boolean hasRuns = readLayout(in, LAYOUT) > 1;
      int tag = in.readByte();
      boolean isOfRun = tag != PUSH && tag != RAISE && tag != LOST;
      long run = hasRuns && isOfRun ? in.readLong() : 0;
      return switch (tag) {
        case PUSH -> new Push(in.readLong(), POSTS.read(in), readLongs(in));
        case 1 -> new Open(run, in.readLong(), in.readLong());
        case 2 ->
            new Complete(
                run, in.readLong(), in.readLong(), hasRuns ? in.readLong() : 0, in.readLong());
        case RAISE -> new Raise(in.readLong(), in.readLong());
        case 4 -> new Drop(run, in.readLong());
        case 5 -> new Pull(run, in.readLong(), readLongs(in));
        case 6 -> new Unpull(run, in.readLong(), in.readLong(), readLongs(in));
        case 7 -> new Timeline(run, in.readLong(), POSTS.read(in), in.readLong(), in.readBoolean());
        case LOST ->
            new Lost(readLongs(in), in.readLong(), readLongs(in), in.readLong())
                .ofRunsThatAreOver();
        default -> throw new IOException("no write to a feed has the tag " + tag);
      };
    }
  }
}
