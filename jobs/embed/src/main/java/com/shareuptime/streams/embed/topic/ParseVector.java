package com.shareuptime.streams.embed.topic;

import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.embed.vector.KnownVector;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.IOException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records of the topic of vectors to what they are of; the vectors themselves are left there. */
public final class ParseVector extends ProcessFunction<RawRecord, KnownVector> {
  private static final long serialVersionUID = 1L;

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-vectors", DeadLetter.TYPE);

  private static final String REASON = "malformed-vector";

  private final String job;

  /**
   * @param job named in dead letters
   */
  public ParseVector(String job) {
    this.job = job;
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<KnownVector> out) {
    try {
      DocumentVector vector = DocumentVector.parse(record.key(), record.value());
      out.collect(
          new KnownVector(
              vector.target() + ':' + vector.targetId(),
              vector.textHash(),
              vector.model(),
              vector.asOf()));
    } catch (IOException | IllegalArgumentException e) {
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }
}
