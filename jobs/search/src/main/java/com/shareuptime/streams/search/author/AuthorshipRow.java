package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Whose a document is after a change of its row.
 *
 * @param author 0 if the row is gone: a delete does not say whose it was
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record AuthorshipRow(DocumentKey document, RowVersion version, long author, long changedAt) {
  /** Flink's type of these rows. */
  public static final TypeInformation<AuthorshipRow> TYPE =
      ValueType.of(AuthorshipRow.class, new Serializer());

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<AuthorshipRow> {
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();

    @Override
    protected void write(AuthorshipRow row, DataOutputView out) throws IOException {
      KEY.write(row.document, out);
      row.version.write(out);
      out.writeLong(row.author);
      out.writeLong(row.changedAt);
    }

    @Override
    protected AuthorshipRow read(DataInputView in) throws IOException {
      return new AuthorshipRow(KEY.read(in), RowVersion.read(in), in.readLong(), in.readLong());
    }
  }
}
