package com.shareuptime.streams.search.vector;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.TextVector;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Records of the topic {@code document-vectors} to vectors of documents. */
public final class ParseVectors extends MessageFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** As the indexes' mapping has it: one of another length would be refused with its document. */
  private static final int DIMENSIONS = 384;

  private final EnumSet<DocumentType> types;
  private final IdKinds kinds;

  /**
   * @param job named in dead letters
   * @param types of the documents whose vectors are wanted
   */
  public ParseVectors(String job, Set<DocumentType> types, IdKinds kinds) {
    super(job, "malformed-vector");
    this.types = EnumSet.copyOf(types);
    this.kinds = kinds;
  }

  @Override
  protected void read(RawRecord record, Reading<DocumentInput> reading) throws IOException {
    TextVector vector = vector(DocumentVector.parse(record.key(), record.value(), kinds));
    if (types.contains(vector.document().type())) {
      reading.collect(vector);
    }
  }

  private static TextVector vector(DocumentVector vector) throws IOException {
    var document = new DocumentKey(DocumentType.ofTarget(vector.target()), vector.targetId());
    if (vector.vector() == null) {
      return new TextVector(document, "", null);
    }
    if (vector.vector().length != DIMENSIONS) {
      throw new IOException(
          "the vector has %d numbers, documents have %d"
              .formatted(vector.vector().length, DIMENSIONS));
    }
    return new TextVector(document, vector.textHash(), DocumentVector.bytes(vector.vector()));
  }
}
