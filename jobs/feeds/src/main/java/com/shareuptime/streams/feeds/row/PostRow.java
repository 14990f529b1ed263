package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A post after a change of its row.
 *
 * @param author 0 where a hard delete told only the id
 * @param position {@code created_at} in epoch microseconds, at most {@link FeedZset#FARTHEST}
 * @param visible there, not deleted, and public or for followers
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record PostRow(
    long post, RowVersion version, long author, long position, boolean visible, long changedAt) {

  /** Flink's type of these rows. */
  public static final TypeInformation<PostRow> TYPE = ValueType.of(PostRow.class, new Serializer());

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<PostRow> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(PostRow row, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeLong(row.post);
      row.version.write(out);
      out.writeLong(row.author);
      out.writeLong(row.position);
      out.writeBoolean(row.visible);
      out.writeLong(row.changedAt);
    }

    @Override
    protected PostRow read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new PostRow(
          in.readLong(),
          RowVersion.read(in),
          in.readLong(),
          in.readLong(),
          in.readBoolean(),
          in.readLong());
    }
  }
}
