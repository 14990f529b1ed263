package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.GenerationComplete;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Cdc records to rows that count; what else they tell leaves by side outputs: rows of targets,
 * completed generations, heartbeats, and what cannot be read.
 */
public final class ParseRow extends ProcessFunction<CdcRecord, CountedRow> {
  private static final long serialVersionUID = 1L;

  /** Rows of posts and reels. */
  public static final OutputTag<TruthChange> TARGETS = new OutputTag<>("targets", TruthChange.TYPE);

  /** Completed generations, for every subtask of the totals. */
  public static final OutputTag<TruthChange> GENERATIONS =
      new OutputTag<>("generations", TruthChange.TYPE);

  /** Heartbeats, for progress. */
  public static final OutputTag<Heartbeat> HEARTBEATS =
      new OutputTag<>("heartbeats", Heartbeat.TYPE);

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-rows", DeadLetter.TYPE);

  private static final String REASON = "malformed-row";

  private final String job;

  private transient RowParser parser;
  private transient long[] completeGenerations;
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
    completeGenerations = new long[CdcTable.values().length];
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(CdcRecord record, Context context, Collector<CountedRow> out) {
    if (record.heartbeat() != null) {
      heartbeat(record.table(), record.heartbeat(), context);
      return;
    }
    if (record.end() != null) {
      return; // a heartbeat with its generation follows, and has a time
    }
    try {
      switch (record.table()) {
        case LIKES, COMMENTS, SHARES -> out.collect(parser.countedRow(record));
        case POSTS, REELS -> context.output(TARGETS, parser.targetRow(record));
        default -> throw new IOException("this job does not read " + record.table().tableName());
      }
    } catch (IOException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, RawRecord.of(record).deadLetter(job, REASON, e.getMessage()));
    }
  }

  private void heartbeat(CdcTable table, Heartbeat beat, Context context) {
    context.output(HEARTBEATS, beat);
    if (beat.generation() > completeGenerations[table.ordinal()]) {
      completeGenerations[table.ordinal()] = beat.generation();
      context.output(
          GENERATIONS, new GenerationComplete(table, beat.generation(), beat.watermark()));
    }
  }
}
