package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What is known of a user as a reader. Times are epoch milliseconds. */
public sealed interface ReaderInput {
  /** Flink's type of these messages. */
  TypeInformation<ReaderInput> TYPE = ValueType.of(ReaderInput.class, new Serializer());

  /** The user who reads. */
  Id user();

  /** A row of follows: whether it counts, and when that came to be. */
  record Follow(Id user, Id followee, RowVersion version, boolean accepted, long time)
      implements ReaderInput {}

  /** A row of users: whether the account is there and active. */
  record Account(Id user, RowVersion version, boolean active) implements ReaderInput {}

  /** The user did something. */
  record Activity(Id user, long time) implements ReaderInput {

    /**
     * At a time that a clock of the product says. One that is ahead is not believed: it would keep
     * a feed for longer than anybody reads it.
     *
     * @param arrivedAt when the broker got to know of it, the latest that counts
     */
    public static Activity of(Id user, long time, long arrivedAt) {
      return new Activity(user, Math.max(0, Math.min(arrivedAt, time)));
    }
  }

  /** The feed is to be filled again. */
  record Rebuild(Id user) implements ReaderInput {}

  /** A start without state found a feed of this user. */
  record Found(Id user) implements ReaderInput {}

  /** Layout between subtasks; state never keeps it. */
  final class Serializer extends UnionSerializer<ReaderInput> {
    public Serializer() {
      super(
          "message to a reader",
          Follow.class,
          Account.class,
          Activity.class,
          Rebuild.class,
          Found.class);
    }
  }
}
