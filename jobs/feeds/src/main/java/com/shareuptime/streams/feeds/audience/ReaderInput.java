package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is known of a user as a reader. Times are epoch milliseconds. */
public sealed interface ReaderInput {
  /** Flink's type of these messages. */
  TypeInformation<ReaderInput> TYPE = ValueType.of(ReaderInput.class, new Serializer());

  /** The user who reads. */
  long user();

  /** A row of follows: whether it counts, and when that came to be. */
  record Follow(long user, long followee, RowVersion version, boolean accepted, long time)
      implements ReaderInput {}

  /** A row of users: whether the account is there and active. */
  record Account(long user, RowVersion version, boolean active) implements ReaderInput {}

  /** The user did something. */
  record Activity(long user, long time) implements ReaderInput {}

  /** The feed is to be filled again. */
  record Rebuild(long user) implements ReaderInput {}

  /** A start without state found a feed of this user. */
  record Found(long user) implements ReaderInput {}

  /** Layout between subtasks; never kept in state. */
  final class Serializer extends ValueSerializer<ReaderInput> {
    @Override
    protected void write(ReaderInput input, DataOutputView out) throws IOException {
      if (input instanceof Follow follow) {
        out.writeByte(follow.accepted ? 1 : 0);
        out.writeLong(follow.user);
        out.writeLong(follow.followee);
        follow.version.write(out);
        out.writeLong(follow.time);
      } else if (input instanceof Account account) {
        out.writeByte(account.active ? 3 : 2);
        out.writeLong(account.user);
        account.version.write(out);
      } else if (input instanceof Activity activity) {
        out.writeByte(4);
        out.writeLong(activity.user);
        out.writeLong(activity.time);
      } else {
        out.writeByte(input instanceof Rebuild ? 5 : 6);
        out.writeLong(input.user());
      }
    }

    @Override
    protected ReaderInput read(DataInputView in) throws IOException {
      int tag = in.readByte();
      long user = in.readLong();
      return switch (tag) {
        case 0, 1 -> new Follow(user, in.readLong(), RowVersion.read(in), tag == 1, in.readLong());
        case 2, 3 -> new Account(user, RowVersion.read(in), tag == 3);
        case 4 -> new Activity(user, in.readLong());
        case 5 -> new Rebuild(user);
        case 6 -> new Found(user);
        default -> throw new IOException("no message to a reader has the tag " + tag);
      };
    }
  }
}
