package com.shareuptime.streams.feeds.fanout;

import static com.shareuptime.streams.serialization.Layout.Form.SHORT;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is kept of an author, but for the followers. Immutable.
 *
 * @param reach how the posts reach followers now
 * @param step the next bucket of followers that the change to it has to visit
 * @param durableFrom while {@link Reach#PUSHED_AGAIN}: all kept checkpoints must be this or later
 *     ones
 * @param followers how many active followers there are
 * @param posts the newest visible posts
 * @param mark position at and below which visible posts may be missing from {@code posts}
 * @param timelineWritten whether the whole timeline was written by this history
 */
record Author(
    Reach reach,
    @Layout(as = SHORT) int step,
    long durableFrom,
    int followers,
    Posts posts,
    long mark,
    boolean timelineWritten) {

  /** How posts reach followers. */
  enum Reach {
    /** Pushed into each feed. */
    PUSHED,
    /** Still pushed, while the author is being added to what each follower pulls. */
    BECOMING_PULLED,
    /** Pulled by readers. */
    PULLED,
    /** Pushed, and the newest posts are being pushed to all followers; still pulled as well. */
    BECOMING_PUSHED,
    /** All of it is pushed; waits until every kept checkpoint has that. */
    PUSHED_AGAIN,
    /** The author is being taken out of what followers pull. */
    LEAVING_PULL;

    boolean pushes() {
      return this != PULLED;
    }

    /** Whether a new follower has to pull. */
    boolean pulls() {
      return this == PULLED || this == BECOMING_PULLED;
    }

    /** Whether long work goes on. */
    boolean changes() {
      return this != PUSHED && this != PULLED;
    }
  }

  /** Flink's type of this state. */
  static final TypeInformation<Author> TYPE = ValueType.of(Author.class, new Serializer());

  static final Author UNKNOWN = new Author(Reach.PUSHED, 0, 0, 0, Posts.NONE, 0, false);

  Author reach(Reach now) {
    return new Author(now, 0, durableFrom, followers, posts, mark, timelineWritten);
  }

  Author step(int next) {
    return new Author(reach, next, durableFrom, followers, posts, mark, timelineWritten);
  }

  Author durableFrom(long checkpoint) {
    return new Author(reach, step, checkpoint, followers, posts, mark, timelineWritten);
  }

  Author followers(int count) {
    return new Author(reach, step, durableFrom, count, posts, mark, timelineWritten);
  }

  Author timelineWritten(boolean written) {
    return new Author(reach, step, durableFrom, followers, posts, mark, written);
  }

  Author posts(Posts now) {
    return new Author(reach, step, durableFrom, followers, now, mark, timelineWritten);
  }

  /** With posts at and below a position counted as missing. */
  Author lacking(long position) {
    return position <= mark
        ? this
        : new Author(reach, step, durableFrom, followers, posts, position, timelineWritten);
  }

  /** With a post shown; of more than {@code most} the oldest go, and raise the mark. */
  Author shown(Id post, long position, int most) {
    Posts more = posts.with(post, position);
    if (more.size() <= most) {
      return posts(more);
    }
    long raised = Math.max(mark, more.positions()[most]);
    return new Author(
        reach, step, durableFrom, followers, more.newest(most), raised, timelineWritten);
  }

  /**
   * The position at and below which the newest {@code count} posts may miss some: never below the
   * mark, although older posts than that, shown again, may be among them.
   */
  long markBelow(int count) {
    return count < posts.size() ? Math.max(mark, posts.positions()[count]) : mark;
  }

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Author> {}
}
