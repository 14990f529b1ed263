package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.count.PackedCounts;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.UnionSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What a document is told. */
public sealed interface DocumentInput
    permits DocumentRow,
        AuthorSnapshot,
        DocumentInput.Counted,
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
  record Counted(DocumentKey document, @Layout(by = PackedCounts.class) Counts counts, long version)
      implements DocumentInput {
    /** What a document has that was never counted for. */
    static final Counted NONE = new Counted(null, Counts.ZERO, 0);

    /** Unlike any. */
    static final Counted UNKNOWN = new Counted(null, Counts.of(-1), 0);
  }

  /** News of a generation. Goes to every subtask; its document means nothing. */
  record Generation(GenerationComplete news) implements DocumentInput {
    private static final DocumentKey NONE = new DocumentKey(DocumentType.POST, Id.of(1));

    @Override
    public DocumentKey document() {
      return NONE;
    }
  }

  /** The document is to be written again, whatever has been written. */
  record Refresh(DocumentKey document) implements DocumentInput {}

  /** Layout between subtasks; state never keeps it. */
  final class Serializer extends UnionSerializer<DocumentInput> {
    public Serializer() {
      super(
          "message to a document",
          DocumentRow.class,
          AuthorSnapshot.class,
          Counted.class,
          Refresh.class,
          TextVector.class,
          Generation.class);
    }
  }
}
