package com.shareuptime.streams.search.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.author.AuthorInput;
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
 * Cdc records to documents; what they tell of authors, the heartbeats, and what cannot be read
 * leave by side outputs.
 */
public final class ParseRow extends ProcessFunction<CdcRecord, DocumentInput> {
  private static final long serialVersionUID = 1L;

  /** Users, and who wrote what. */
  public static final OutputTag<AuthorInput> AUTHORS = new OutputTag<>("authors", AuthorInput.TYPE);

  /** Heartbeats, for progress. */
  public static final OutputTag<Heartbeat> HEARTBEATS =
      new OutputTag<>("heartbeats", Heartbeat.TYPE);

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-rows", DeadLetter.TYPE);

  private static final String REASON = "malformed-row";

  private final String job;

  private transient RowParser parser;
  private transient Counter unreadable;

  /**
   * @param job named in dead letters
   */
  public ParseRow(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    parser = new RowParser();
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(CdcRecord record, Context context, Collector<DocumentInput> out) {
    if (record.heartbeat() != null) {
      context.output(HEARTBEATS, record.heartbeat());
      return;
    }
    if (record.end() != null) {
      return;
    }
    try {
      switch (record.table()) {
        case POSTS -> document(parser.document(DocumentType.POST, record), context, out);
        case REELS -> document(parser.document(DocumentType.REEL, record), context, out);
        case USERS -> context.output(AUTHORS, new AuthorInput.Changed(parser.author(record)));
        default -> throw new IOException("this job does not read " + record.table().tableName());
      }
    } catch (IOException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, RawRecord.of(record).deadLetter(job, REASON, e.getMessage()));
    }
  }

  private static void document(DocumentRow row, Context context, Collector<DocumentInput> out) {
    out.collect(row);
    if (row.exists()) {
      context.output(AUTHORS, new AuthorInput.Wrote(row.author(), row.document()));
    }
  }
}
