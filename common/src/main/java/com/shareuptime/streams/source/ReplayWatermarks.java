package com.shareuptime.streams.source;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * For an input whose records come at any time, so that it must not hold time back, except after a
 * start: until what had been written before the start has been read again, its time is that of its
 * records. A partition counts as read when a record from after the start comes, or none for {@code
 * patience}.
 */
public record ReplayWatermarks<T>(Duration patience) implements WatermarkStrategy<T> {

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator<>(System.currentTimeMillis(), patience.toMillis());
  }

  private static final class Generator<T> implements WatermarkGenerator<T> {
    private final long start;
    private final long patience;
    private long latest = Long.MIN_VALUE;
    private long lastRecord;
    private boolean read;

    Generator(long start, long patience) {
      this.start = start;
      this.patience = patience;
      this.lastRecord = start;
    }

    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      if (read) {
        return;
      }
      latest = Math.max(latest, timestamp);
      lastRecord = System.currentTimeMillis();
      read = timestamp >= start;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      read = read || System.currentTimeMillis() - lastRecord > patience;
      if (read) {
        output.markIdle();
      } else if (latest > Long.MIN_VALUE) {
        output.emitWatermark(new Watermark(latest - 1));
      }
    }
  }
}
