package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Cdc records to posts; what they tell of readers, the heartbeats, and what cannot be read leave by
 * side outputs.
 */
public final class ParseRow extends ProcessFunction<CdcRecord, PostRow> {
  private static final long serialVersionUID = 1L;

  /** Rows of follows and users. */
  public static final OutputTag<ReaderInput> READERS = new OutputTag<>("readers", ReaderInput.TYPE);

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
  public void processElement(CdcRecord record, Context context, Collector<PostRow> out) {
    if (record.heartbeat() != null) {
      context.output(HEARTBEATS, record.heartbeat());
      return;
    }
    if (record.end() != null) {
      return; // rows that only an earlier generation knew are hidden by the reader's query
    }
    try {
      switch (record.table()) {
        case POSTS -> out.collect(parser.post(record));
        case FOLLOWS -> context.output(READERS, parser.follow(record));
        case USERS -> context.output(READERS, parser.account(record));
        default -> throw new IOException("this job does not read " + record.table().tableName());
      }
    } catch (IOException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, RawRecord.of(record).deadLetter(job, REASON, e.getMessage()));
    }
  }
}
