package com.shareuptime.streams.feeds.fanout;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What an author is told. */
public sealed interface AuthorInput {
  /** Flink's type of these messages. */
  TypeInformation<AuthorInput> TYPE = ValueType.of(AuthorInput.class, new Serializer());

  /** The user whose posts this is about. */
  Id author();

  /**
   * An active user reads this author from now on; answered once, by an {@code Answer}.
   *
   * @param epoch the filling of the user's feed that it belongs to
   * @param awaited how many answers that filling waits for
   * @param counted whether this is one of them
   * @param posts how many of the newest posts to put into the feed
   */
  record Join(Id author, Id user, long epoch, int awaited, boolean counted, int posts)
      implements AuthorInput {}

  /**
   * A user no longer reads this author, or has no feed any more.
   *
   * @param after posts up to this time, in epoch milliseconds, are still for the user: a claim that
   *     the feed has them was made before it was withdrawn
   */
  record Leave(Id author, Id user, long after) implements AuthorInput {}

  /**
   * This user has no feed from now on; it goes through the user's own place as an author, so that
   * it keeps its order with the user's joins.
   */
  record Drop(Id author, long epoch) implements AuthorInput {}

  /**
   * A post can be seen.
   *
   * @param position its {@code created_at} in epoch microseconds
   * @param before a newer position at which feeds may hold it, as it was dated back since; else 0
   */
  record Shown(Id author, Id post, long position, long before) implements AuthorInput {}

  /** A post can no longer be seen. */
  record Hidden(Id author, Id post) implements AuthorInput {}

  /** The timeline in Redis is to be written again as a whole. */
  record Rewrite(Id author) implements AuthorInput {}

  /** Layout between subtasks; state never keeps it. */
  final class Serializer extends UnionSerializer<AuthorInput> {
    public Serializer() {
      super(
          "message to an author",
          Join.class,
          Leave.class,
          Drop.class,
          Shown.class,
          Hidden.class,
          Rewrite.class);
    }
  }
}
