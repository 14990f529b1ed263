package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The author as the document has to show them.
 *
 * @param asOf version of the row that made them the author, in the answer to it; null if they have
 *     changed since, which means nothing to a document that does not know them by such an answer
 */
public record AuthorSnapshot(DocumentKey document, AuthorRow author, RowVersion asOf)
    implements DocumentInput {

  /** Layout between subtasks; never kept in state. */
  static final class Serializer extends ValueSerializer<AuthorSnapshot> {
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();
    private static final AuthorRow.Serializer AUTHOR = new AuthorRow.Serializer();

    @Override
    public void write(AuthorSnapshot snapshot, DataOutputView out) throws IOException {
      KEY.write(snapshot.document, out);
      AUTHOR.write(snapshot.author, out);
      out.writeBoolean(snapshot.asOf != null);
      if (snapshot.asOf != null) {
        snapshot.asOf.write(out);
      }
    }

    @Override
    public AuthorSnapshot read(DataInputView in) throws IOException {
      return new AuthorSnapshot(
          KEY.read(in), AUTHOR.read(in), in.readBoolean() ? RowVersion.read(in) : null);
    }
  }
}
