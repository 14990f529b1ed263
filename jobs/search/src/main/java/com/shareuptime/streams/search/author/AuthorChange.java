package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What an author is told. */
public sealed interface AuthorChange {
  /** Flink's type of these messages. */
  TypeInformation<AuthorChange> TYPE = ValueType.of(AuthorChange.class, new Serializer());

  /** The user who is told. */
  long author();

  /**
   * The user has become the author of a document; answered by a snapshot.
   *
   * @param asOf version of the row that says so
   */
  record Wrote(long author, DocumentKey document, RowVersion asOf) implements AuthorChange {}

  /** The user is no longer the author of a document, which is another's or gone. */
  record Left(long author, DocumentKey document) implements AuthorChange {}

  /** The user's row has changed. */
  record Changed(AuthorRow row) implements AuthorChange {
    @Override
    public long author() {
      return row.author();
    }
  }

  /** Layout between subtasks; never kept in state. */
  final class Serializer extends ValueSerializer<AuthorChange> {
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();
    private static final AuthorRow.Serializer ROW = new AuthorRow.Serializer();

    @Override
    protected void write(AuthorChange input, DataOutputView out) throws IOException {
      if (input instanceof Changed changed) {
        out.writeByte(0);
        ROW.write(changed.row, out);
      } else if (input instanceof Wrote wrote) {
        out.writeByte(1);
        out.writeLong(wrote.author);
        KEY.write(wrote.document, out);
        wrote.asOf.write(out);
      } else if (input instanceof Left left) {
        out.writeByte(2);
        out.writeLong(left.author);
        KEY.write(left.document, out);
      }
    }

    @Override
    protected AuthorChange read(DataInputView in) throws IOException {
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> new Changed(ROW.read(in));
        case 1 -> new Wrote(in.readLong(), KEY.read(in), RowVersion.read(in));
        case 2 -> new Left(in.readLong(), KEY.read(in));
        default -> throw new IOException("no message to an author has the tag " + tag);
      };
    }
  }
}
