package com.shareuptime.streams.search.row;

import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.search.author.AuthorshipRow;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Records of the topic {@code posts-events} to documents of posts; who wrote them, and what cannot
 * be read, leave by side outputs.
 *
 * <p>Events of a post are in the order of its row's {@code updated_at}, in microseconds, however
 * they come. A delete is later than an update of the same time; one without {@code updated_at}
 * counts as of its append time, the broker's clock. So a repeat changes nothing, and what is older
 * than a delete brings nothing back. Of two updates with the same time the one that comes last
 * counts.
 */
public final class ParsePostEvent extends ProcessFunction<RawRecord, DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** The topic. */
  public static final String TOPIC = "posts-events";

  /** Who wrote what. */
  public static final OutputTag<AuthorshipRow> AUTHORSHIP = ParseRow.AUTHORSHIP;

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-post-events", DeadLetter.TYPE);

  private static final String REASON = "malformed-post-event";

  private final String job;

  private transient PostEventParser parser;
  private transient Counter unreadable;

  /**
   * @param job named in dead letters
   */
  public ParsePostEvent(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    parser = new PostEventParser();
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<DocumentInput> out) {
    DocumentRow row;
    try {
      row = parser.parse(record.value(), record.timestamp());
    } catch (IOException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
      return;
    }
    ParseRow.document(row, context, out);
  }
}
