package com.shareuptime.streams.feeds.audience;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is kept of a reader, but for the followees. Immutable.
 *
 * @param account version of the row of users
 * @param barred whether the account is deactivated or gone
 * @param lastActivity epoch milliseconds, 0 if never
 * @param status whether the reader has a feed
 * @param epoch number of the last filling
 * @param awaited answers that it waits for
 * @param filledAt when it was begun, epoch milliseconds
 */
record Reader(
    RowVersion account,
    boolean barred,
    long lastActivity,
    Status status,
    long epoch,
    int awaited,
    long filledAt) {

  /** Whether authors send to a reader's feed. */
  enum Status {
    /** No feed. */
    AWAY,
    /** No feed yet; one will be filled when it is this reader's turn. */
    WAITING,
    /** A feed. */
    JOINED,
    /** A feed, which will be filled again when it is this reader's turn. */
    REJOINING;

    boolean isJoined() {
      return this == JOINED || this == REJOINING;
    }

    boolean isWaiting() {
      return this == WAITING || this == REJOINING;
    }
  }

  /** Flink's type of this state. */
  static final TypeInformation<Reader> TYPE = ValueType.of(Reader.class, new Serializer());

  static final Reader UNKNOWN = new Reader(new RowVersion(0, 0), false, 0, Status.AWAY, 0, 0, 0);

  Reader account(RowVersion version, boolean active) {
    return new Reader(version, !active, lastActivity, status, epoch, awaited, filledAt);
  }

  /** The same if the reader has been active later. */
  Reader activeAt(long time) {
    return time <= lastActivity
        ? this
        : new Reader(account, barred, time, status, epoch, awaited, filledAt);
  }

  Reader status(Status now) {
    return new Reader(account, barred, lastActivity, now, epoch, awaited, filledAt);
  }

  /** The next filling begins. */
  Reader filling(int answers, long now) {
    return new Reader(account, barred, lastActivity, Status.JOINED, epoch + 1, answers, now);
  }

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Reader> {}
}
