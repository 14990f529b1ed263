package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A post after a change of its row.
 *
 * @param author {@link #NOBODY} where a hard delete told only the id
 * @param position {@code created_at} in epoch microseconds, at most {@link FeedZset#FARTHEST}
 * @param visible there, in feeds, not deleted, and not private
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record PostRow(
    Id post, RowVersion version, Id author, long position, boolean visible, long changedAt) {

  /** A number that no row has, whatever kind the ids of users are. */
  static final Id NOBODY = Id.of(0);

  /** Flink's type of these rows. */
  public static final TypeInformation<PostRow> TYPE = ValueType.of(PostRow.class, new Serializer());

  boolean hasAuthor() {
    return !author.equals(NOBODY);
  }

  /** Layout between subtasks and in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<PostRow> {}
}
