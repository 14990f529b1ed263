package com.shareuptime.streams.search.vector;

import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.TextVector;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records of the topic {@code document-vectors} to vectors of documents. */
public final class ParseVectors extends ProcessFunction<RawRecord, DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-vectors", DeadLetter.TYPE);

  private static final String REASON = "malformed-vector";

  /** As the indexes' mapping has it: one of another length would be refused with its document. */
  private static final int DIMENSIONS = 384;

  private final String job;
  private final EnumSet<DocumentType> types;

  private transient Counter unreadable;

  /**
   * @param job named in dead letters
   * @param types of the documents whose vectors are wanted
   */
  public ParseVectors(String job, Set<DocumentType> types) {
    this.job = job;
    this.types = EnumSet.copyOf(types);
  }

  @Override
  public void open(OpenContext context) {
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<DocumentInput> out) {
    try {
      TextVector vector = vector(DocumentVector.parse(record.key(), record.value()));
      if (types.contains(vector.document().type())) {
        out.collect(vector);
      }
    } catch (IOException | IllegalArgumentException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
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
