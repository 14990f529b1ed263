package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a document is told. */
public sealed interface DocumentInput
    permits DocumentRow,
        AuthorSnapshot,
        DocumentInput.Counts,
        DocumentInput.Generation,
        DocumentInput.Refresh,
        TextVector {
  /** Flink's type of these messages. */
  TypeInformation<DocumentInput> TYPE = ValueType.of(DocumentInput.class, new Serializer());

  /** The document that is told. */
  DocumentKey document();

  /**
   * The counters of a post or reel.
   *
   * @param version of the write, by its job
   */
  record Counts(DocumentKey document, long likes, long comments, long shares, long version)
      implements DocumentInput {
    /** What a document has that was never counted for. */
    static final Counts NONE = new Counts(null, 0, 0, 0, 0);

    /** Unlike any. */
    static final Counts UNKNOWN = new Counts(null, -1, -1, -1, 0);
  }

  /** News of a generation. Goes to every subtask; its document means nothing. */
  record Generation(GenerationComplete news) implements DocumentInput {
    private static final DocumentKey NONE = new DocumentKey(DocumentType.POST, 1);

    @Override
    public DocumentKey document() {
      return NONE;
    }
  }

  /** The document is to be written again, whatever has been written. */
  record Refresh(DocumentKey document) implements DocumentInput {}

  /** Layout between subtasks; never kept in state. */
  final class Serializer extends ValueSerializer<DocumentInput> {
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();
    private static final DocumentRow.Serializer ROW = new DocumentRow.Serializer();
    private static final AuthorSnapshot.Serializer AUTHOR = new AuthorSnapshot.Serializer();
    private static final TextVector.Serializer VECTOR = new TextVector.Serializer();
    private static final GenerationComplete.Serializer NEWS = new GenerationComplete.Serializer();

    @Override
    protected void write(DocumentInput input, DataOutputView out) throws IOException {
      if (input instanceof DocumentRow row) {
        out.writeByte(0);
        ROW.write(row, out);
      } else if (input instanceof AuthorSnapshot author) {
        out.writeByte(1);
        AUTHOR.write(author, out);
      } else if (input instanceof Counts counts) {
        out.writeByte(2);
        KEY.write(counts.document, out);
        out.writeLong(counts.likes);
        out.writeLong(counts.comments);
        out.writeLong(counts.shares);
        out.writeLong(counts.version);
      } else if (input instanceof TextVector vector) {
        out.writeByte(4);
        VECTOR.write(vector, out);
      } else if (input instanceof Generation generation) {
        out.writeByte(5);
        NEWS.write(generation.news, out);
      } else {
        out.writeByte(3);
        KEY.write(input.document(), out);
      }
    }

    @Override
    protected DocumentInput read(DataInputView in) throws IOException {
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> ROW.read(in);
        case 1 -> AUTHOR.read(in);
        case 2 ->
            new Counts(KEY.read(in), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        case 3 -> new Refresh(KEY.read(in));
        case 4 -> VECTOR.read(in);
        case 5 -> new Generation(NEWS.read(in));
        default -> throw new IOException("no message to a document has the tag " + tag);
      };
    }
  }
}
