package com.shareuptime.streams.feeds.feed;

import static com.shareuptime.streams.serialization.Layout.Form.BYTE;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.Bucket;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What an author tells the feeds of one bucket of users. */
public sealed interface FeedInput {
  /** Flink's type of these messages. */
  TypeInformation<FeedInput> TYPE = ValueType.of(FeedInput.class, new Serializer());

  /** The bucket that all users named here are in. */
  int bucket();

  /** Posts of one author for the feeds of all of {@code users}. */
  record Push(@Layout(as = BYTE) int bucket, Id author, Posts posts, Ids users)
      implements FeedInput {}

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
      Id user,
      long epoch,
      int awaited,
      boolean counted,
      Id author,
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
  record Drop(Id user, long epoch) implements FeedInput {
    @Override
    public int bucket() {
      return Bucket.of(user);
    }
  }

  /** What is at and below {@code mark} may be missing in the feeds of all of {@code users}. */
  record Raise(@Layout(as = BYTE) int bucket, long mark, Ids users) implements FeedInput {}

  /** All of {@code users} have to read the author's timeline. */
  record Pull(@Layout(as = BYTE) int bucket, Id author, Ids users) implements FeedInput {}

  /**
   * None of {@code users} has to read the author's timeline any more: what is newer than {@code
   * mark} is in their feeds.
   */
  record Unpull(@Layout(as = BYTE) int bucket, Id author, long mark, Ids users)
      implements FeedInput {}

  /** Layout between subtasks; state never keeps it. */
  final class Serializer extends UnionSerializer<FeedInput> {
    public Serializer() {
      super(
          "message to a feed",
          Push.class,
          Answer.class,
          Drop.class,
          Raise.class,
          Pull.class,
          Unpull.class);
    }
  }
}
