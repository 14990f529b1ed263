package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.feeds.Bucket;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What an author tells the feeds of one bucket of users. */
public sealed interface FeedInput {
  /** Flink's type of these messages. */
  TypeInformation<FeedInput> TYPE = ValueType.of(FeedInput.class, new Serializer());

  /** The bucket that all users named here are in. */
  int bucket();

  /** Posts of one author for the feeds of all of {@code users}. */
  record Push(int bucket, long author, Posts posts, long[] users) implements FeedInput {}

  /**
   * What a new follower gets.
   *
   * @param epoch the filling that it belongs to
   * @param awaited how many counted answers make the filling complete
   * @param counted whether this is one of them
   * @param posts the author's newest
   * @param mark position at and below which the feed may miss posts of this author
   * @param pulled whether the user has to read the author's timeline
   */
  record Answer(
      long user,
      long epoch,
      int awaited,
      boolean counted,
      long author,
      Posts posts,
      long mark,
      boolean pulled)
      implements FeedInput {
    @Override
    public int bucket() {
      return Bucket.of(user);
    }
  }

  /** The user has no feed from now on. */
  record Drop(long user, long epoch) implements FeedInput {
    @Override
    public int bucket() {
      return Bucket.of(user);
    }
  }

  /** What is at and below {@code mark} may be missing in the feeds of all of {@code users}. */
  record Raise(int bucket, long mark, long[] users) implements FeedInput {}

  /** All of {@code users} have to read the author's timeline. */
  record Pull(int bucket, long author, long[] users) implements FeedInput {}

  /**
   * None of {@code users} has to read the author's timeline any more: what is newer than {@code
   * mark} is in their feeds.
   */
  record Unpull(int bucket, long author, long mark, long[] users) implements FeedInput {}

  /** Layout between subtasks; never kept in state. */
  final class Serializer extends ValueSerializer<FeedInput> {
    private static final Posts.Serializer POSTS = new Posts.Serializer();

    @Override
    protected void write(FeedInput input, DataOutputView out) throws IOException {
      if (input instanceof Push push) {
        out.writeByte(0);
        out.writeByte(push.bucket);
        out.writeLong(push.author);
        POSTS.write(push.posts, out);
        writeLongs(push.users, out);
      } else if (input instanceof Answer answer) {
        out.writeByte(1);
        out.writeLong(answer.user);
        out.writeLong(answer.epoch);
        out.writeInt(answer.awaited);
        out.writeBoolean(answer.counted);
        out.writeLong(answer.author);
        POSTS.write(answer.posts, out);
        out.writeLong(answer.mark);
        out.writeBoolean(answer.pulled);
      } else if (input instanceof Drop drop) {
        out.writeByte(2);
        out.writeLong(drop.user);
        out.writeLong(drop.epoch);
      } else if (input instanceof Pull pull) {
        out.writeByte(3);
        out.writeByte(pull.bucket);
        out.writeLong(pull.author);
        writeLongs(pull.users, out);
      } else if (input instanceof Unpull unpull) {
        out.writeByte(4);
        out.writeByte(unpull.bucket);
        out.writeLong(unpull.author);
        out.writeLong(unpull.mark);
        writeLongs(unpull.users, out);
      } else if (input instanceof Raise raise) {
        out.writeByte(5);
        out.writeByte(raise.bucket);
        out.writeLong(raise.mark);
        writeLongs(raise.users, out);
      }
    }

    @Override
    protected FeedInput read(DataInputView in) throws IOException {
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> new Push(in.readByte(), in.readLong(), POSTS.read(in), readLongs(in));
        case 1 ->
            new Answer(
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readLong(),
                POSTS.read(in),
                in.readLong(),
                in.readBoolean());
        case 2 -> new Drop(in.readLong(), in.readLong());
        case 3 -> new Pull(in.readByte(), in.readLong(), readLongs(in));
        case 4 -> new Unpull(in.readByte(), in.readLong(), in.readLong(), readLongs(in));
        case 5 -> new Raise(in.readByte(), in.readLong(), readLongs(in));
        default -> throw new IOException("no message to a feed has the tag " + tag);
      };
    }
  }
}
