package com.shareuptime.streams.source;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.Heartbeat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the rows of a job's cdc topics. Heartbeats and what cannot be read leave by side outputs;
 * ends of generations are passed over.
 */
public abstract class RowFunction<T> extends RecordFunction<CdcRecord, T> {
  private static final long serialVersionUID = 1L;

  /** Heartbeats, for progress. */
  public static final OutputTag<Heartbeat> HEARTBEATS =
      new OutputTag<>("heartbeats", Heartbeat.TYPE);

  private transient Map<CdcTable, Long> completeGenerations;

  /**
   * @param job named in dead letters
   */
  protected RowFunction(String job) {
    super(job, "malformed-row");
  }

  @Override
  protected final RawRecord raw(CdcRecord record) {
    return RawRecord.of(record);
  }

  /** Takes the news of a newer complete generation; nothing is done with it here. */
  protected void complete(GenerationComplete news, Context context) {}

  /** What a row of a table is that the job has no use for. */
  protected static IOException unexpected(CdcTable table) {
    return new IOException("this job does not read " + table.tableName());
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    completeGenerations = new HashMap<>();
  }

  @Override
  public void processElement(CdcRecord record, Context context, Collector<T> out) {
    if (record.heartbeat() != null) {
      beat(record.table(), record.heartbeat(), context);
    } else if (record.end() == null) { // of which a heartbeat follows that has a time
      super.processElement(record, context, out);
    }
  }

  private void beat(CdcTable table, Heartbeat beat, Context context) {
    context.output(HEARTBEATS, beat);
    if (beat.generation() > completeGenerations.getOrDefault(table, 0L)) {
      completeGenerations.put(table, beat.generation());
      complete(new GenerationComplete(table, beat.generation(), beat.watermark()), context);
    }
  }
}
