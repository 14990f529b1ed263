package com.shareuptime.streams.feeds.fanout;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What an author is told. */
public sealed interface AuthorInput {
  /** Flink's type of these messages. */
  TypeInformation<AuthorInput> TYPE = ValueType.of(AuthorInput.class, new Serializer());

  /** The user whose posts this is about. */
  long author();

  /**
   * An active user reads this author from now on; answered once, by an {@code Answer}.
   *
   * @param epoch the filling of the user's feed that it belongs to
   * @param awaited how many answers that filling waits for
   * @param counted whether this is one of them
   * @param posts how many of the newest posts to put into the feed
   */
  record Join(long author, long user, long epoch, int awaited, boolean counted, int posts)
      implements AuthorInput {}

  /**
   * A user no longer reads this author, or has no feed any more.
   *
   * @param after posts up to this time, in epoch milliseconds, are still for the user: a claim that
   *     the feed has them was made before it was withdrawn
   */
  record Leave(long author, long user, long after) implements AuthorInput {}

  /**
   * This user has no feed from now on; it goes through the user's own place as an author, so that
   * it keeps its order with the user's joins.
   */
  record Drop(long author, long epoch) implements AuthorInput {}

  /**
   * A post can be seen.
   *
   * @param position its {@code created_at} in epoch microseconds
   * @param before a newer position at which feeds may hold it, as it was dated back since; else 0
   */
  record Shown(long author, long post, long position, long before) implements AuthorInput {}

  /** A post can no longer be seen. */
  record Hidden(long author, long post) implements AuthorInput {}

  /** The timeline in Redis is to be written again as a whole. */
  record Rewrite(long author) implements AuthorInput {}

  /** Layout between subtasks; never kept in state. */
  final class Serializer extends ValueSerializer<AuthorInput> {
    @Override
    protected void write(AuthorInput input, DataOutputView out) throws IOException {
      if (input instanceof Join join) {
        out.writeByte(join.counted ? 1 : 0);
        out.writeLong(join.author);
        out.writeLong(join.user);
        out.writeLong(join.epoch);
        out.writeInt(join.awaited);
        out.writeInt(join.posts);
      } else if (input instanceof Leave leave) {
        out.writeByte(2);
        out.writeLong(leave.author);
        out.writeLong(leave.user);
        out.writeLong(leave.after);
      } else if (input instanceof Drop drop) {
        out.writeByte(3);
        out.writeLong(drop.author);
        out.writeLong(drop.epoch);
      } else if (input instanceof Shown shown) {
        out.writeByte(4);
        out.writeLong(shown.author);
        out.writeLong(shown.post);
        out.writeLong(shown.position);
        out.writeLong(shown.before);
      } else if (input instanceof Hidden hidden) {
        out.writeByte(5);
        out.writeLong(hidden.author);
        out.writeLong(hidden.post);
      } else {
        out.writeByte(6);
        out.writeLong(input.author());
      }
    }

    @Override
    protected AuthorInput read(DataInputView in) throws IOException {
      int tag = in.readByte();
      long author = in.readLong();
      return switch (tag) {
        case 0, 1 ->
            new Join(author, in.readLong(), in.readLong(), in.readInt(), tag == 1, in.readInt());
        case 2 -> new Leave(author, in.readLong(), in.readLong());
        case 3 -> new Drop(author, in.readLong());
        case 4 -> new Shown(author, in.readLong(), in.readLong(), in.readLong());
        case 5 -> new Hidden(author, in.readLong());
        case 6 -> new Rewrite(author);
        default -> throw new IOException("no message to an author has the tag " + tag);
      };
    }
  }
}
