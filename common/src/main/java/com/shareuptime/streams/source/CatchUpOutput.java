package com.shareuptime.streams.source;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Looks at the offset of each record, and marks the outputs of all splits idle at once. */
final class CatchUpOutput implements ReaderOutput<RawRecord> {
  /** Told of each record. */
  @FunctionalInterface
  interface Seen {
    void record(String split, long offset);
  }

  private final ReaderOutput<RawRecord> outer;
  private final Seen seen;
  private final Map<String, SourceOutput<RawRecord>> splits = new HashMap<>();

  CatchUpOutput(ReaderOutput<RawRecord> outer, Seen seen) {
    this.outer = outer;
    this.seen = seen;
  }

  @Override
  public SourceOutput<RawRecord> createOutputForSplit(String split) {
    var output = new SplitOutput(split, outer.createOutputForSplit(split), seen);
    splits.put(split, output);
    return output;
  }

  @Override
  public void releaseOutputForSplit(String split) {
    splits.remove(split);
    outer.releaseOutputForSplit(split);
  }

  @Override
  public void markIdle() {
    splits.values().forEach(SourceOutput::markIdle);
    outer.markIdle();
  }

  @Override
  public void markActive() {
    outer.markActive();
  }

  @Override
  public void collect(RawRecord record) {
    outer.collect(record);
  }

  @Override
  public void collect(RawRecord record, long timestamp) {
    outer.collect(record, timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    outer.emitWatermark(watermark);
  }

  private record SplitOutput(String split, SourceOutput<RawRecord> outer, Seen seen)
      implements SourceOutput<RawRecord> {
    @Override
    public void collect(RawRecord record) {
      outer.collect(record);
      seen.record(split, record.offset());
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      outer.collect(record, timestamp);
      seen.record(split, record.offset());
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      outer.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      outer.markIdle();
    }

    @Override
    public void markActive() {
      outer.markActive();
    }
  }
}
