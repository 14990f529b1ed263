package com.shareuptime.streams.ingest.slot;

import static org.apache.flink.cdc.connectors.base.utils.SourceRecordUtils.isDataChangeRecord;

import java.util.Iterator;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.offset.OffsetFactory;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.base.source.reader.IncrementalSourceRecordEmitter;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.kafka.connect.source.SourceRecord;

/** Hands on what the fetcher brought, and keeps the position of the stream. */
final class SlotEmitter extends IncrementalSourceRecordEmitter<Captured> {
  private boolean streaming;

  SlotEmitter(
      DebeziumDeserializationSchema<Captured> schema,
      SourceReaderMetrics metrics,
      OffsetFactory positions) {
    super(schema, metrics, false, positions);
  }

  /**
   * A batch is one step for checkpoints, and so one position for all of it: that of its last
   * change, never behind the one before.
   */
  @Override
  public void emitRecord(SourceRecords batch, SourceOutput<Captured> out, SourceSplitState split)
      throws Exception {
    if (split.isStreamSplitState() && !streaming) {
      streaming = true;
      out.collect(Captured.streamStart());
    }
    SourceRecord last = null;
    for (Iterator<SourceRecord> records = batch.iterator(); records.hasNext(); ) {
      SourceRecord record = records.next();
      if (isDataChangeRecord(record)) {
        last = record;
        sourceReaderMetrics.markRecord();
        out.collect(Captured.change(record));
      } else {
        processElement(record, out, split);
      }
    }
    if (last != null && split.isStreamSplitState()) {
      advance(split.asStreamSplitState(), getOffsetPosition(last));
    }
  }

  private static void advance(StreamSplitState stream, Offset position) {
    if (position.isAfter(stream.getStartingOffset())) {
      stream.setStartingOffset(position);
    }
  }
}
