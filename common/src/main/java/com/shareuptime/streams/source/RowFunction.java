package com.shareuptime.streams.source;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.deadletter.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the rows of a job's cdc topics. Heartbeats and what cannot be read leave by side outputs;
 * ends of generations are passed over.
 */
public abstract class RowFunction<T> extends ProcessFunction<CdcRecord, T> {
  private static final long serialVersionUID = 1L;

  /** Heartbeats, for progress. */
  public static final OutputTag<Heartbeat> HEARTBEATS =
      new OutputTag<>("heartbeats", Heartbeat.TYPE);

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-rows", DeadLetter.TYPE);

  private static final String REASON = "malformed-row";

  private final String job;

  private transient Counter unreadable;
  private transient long[] completeGenerations;

  /**
   * @param job named in dead letters
   */
  protected RowFunction(String job) {
    this.job = job;
  }

  /**
   * Reads one change of a row.
   *
   * @throws IOException if it cannot be read, with the reason
   */
  protected abstract void read(CdcRecord record, Context context, Collector<T> out)
      throws IOException;

  /** Takes the news of a newer complete generation; nothing is done with it here. */
  protected void complete(GenerationComplete news, Context context) {}

  /** What a row of a table is that the job has no use for. */
  protected static IOException unexpected(CdcTable table) {
    return new IOException("this job does not read " + table.tableName());
  }

  @Override
  public void open(OpenContext context) {
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
    completeGenerations = new long[CdcTable.values().length];
  }

  @Override
  public void processElement(CdcRecord record, Context context, Collector<T> out) {
    if (record.heartbeat() != null) {
      beat(record.table(), record.heartbeat(), context);
      return;
    }
    if (record.end() != null) {
      return; // a heartbeat with its generation follows, and has a time
    }
    try {
      read(record, context, out);
    } catch (IOException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, RawRecord.of(record).deadLetter(job, REASON, e.getMessage()));
    }
  }

  private void beat(CdcTable table, Heartbeat beat, Context context) {
    context.output(HEARTBEATS, beat);
    if (beat.generation() > completeGenerations[table.ordinal()]) {
      completeGenerations[table.ordinal()] = beat.generation();
      complete(new GenerationComplete(table, beat.generation(), beat.watermark()), context);
    }
  }
}
