package com.shareuptime.streams.simulation;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * One subtask of a source: reads its partitions, and combines their watermarks as Flink does. A
 * reader without a partition is idle.
 */
final class SourceReader {
  private final Outlets outlets;
  private final WatermarkStrategy<Object> strategy;
  private final TimestampAssigner<Object> timestamps;
  private final List<Split> splits = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private boolean idle;

  @SuppressWarnings("unchecked") // a source reads what its topics hold
  SourceReader(SimulatedSource<?> source, Outlets outlets) {
    this.outlets = outlets;
    this.strategy = source == null ? null : (WatermarkStrategy<Object>) source.watermarks();
    this.timestamps = source == null ? null : strategy.createTimestampAssigner(Context.INSTANCE);
  }

  Outlets outlets() {
    return outlets;
  }

  @SuppressWarnings("unchecked") // as above
  void add(SimulatedTopic<?> topic, String key, int partition, int offset) {
    splits.add(
        new Split(
            (SimulatedTopic<Object>) topic,
            key,
            partition,
            offset,
            strategy.createWatermarkGenerator(Context.INSTANCE)));
  }

  /** Says so if there is nothing to read. */
  void start() {
    combine();
  }

  /** Has nothing and never will. */
  void end() {
    outlets.emitWatermark(org.apache.flink.streaming.api.watermark.Watermark.MAX_WATERMARK);
  }

  boolean hasWork() {
    for (Split split : splits) {
      if (split.hasNext()) {
        return true;
      }
    }
    return false;
  }

  /** Reads some records of one partition. */
  boolean read(Simulation simulation) {
    if (splits.isEmpty()) {
      return false;
    }
    int first = simulation.draw(splits.size());
    for (int i = 0; i < splits.size(); i++) {
      Split split = splits.get((first + i) % splits.size());
      if (split.hasNext()) {
        for (int left = 1 + simulation.draw(4); left > 0 && split.hasNext(); left--) {
          split.read();
        }
        return true;
      }
    }
    return false;
  }

  /** Time for generators that look at it. */
  void tick() {
    for (Split split : splits) {
      split.generator.onPeriodicEmit(split);
    }
  }

  void note(SimulatedCheckpoint checkpoint) {
    for (Split split : splits) {
      checkpoint.positions.get(split.key)[split.partition] = split.offset;
    }
  }

  private void combine() {
    boolean active = false;
    long lowest = Long.MAX_VALUE;
    for (Split split : splits) {
      if (!split.idle) {
        active = true;
        lowest = Math.min(lowest, split.watermark);
      }
    }
    if (!active) {
      if (!idle) {
        idle = true;
        outlets.emitWatermarkStatus(WatermarkStatus.IDLE);
      }
      return;
    }
    if (idle) {
      idle = false;
      outlets.emitWatermarkStatus(WatermarkStatus.ACTIVE);
    }
    if (lowest > watermark) {
      watermark = lowest;
      outlets.emitWatermark(new org.apache.flink.streaming.api.watermark.Watermark(lowest));
    }
  }

  /** One partition, and what its generator has said. */
  private final class Split implements WatermarkOutput {
    private final SimulatedTopic<Object> topic;
    private final String key;
    private final int partition;
    private final WatermarkGenerator<Object> generator;
    private int offset;
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    Split(
        SimulatedTopic<Object> topic,
        String key,
        int partition,
        int offset,
        WatermarkGenerator<Object> generator) {
      this.topic = topic;
      this.key = key;
      this.partition = partition;
      this.offset = offset;
      this.generator = generator;
    }

    boolean hasNext() {
      return offset < topic.end(partition);
    }

    void read() {
      SimulatedTopic.Entry<Object> entry = topic.entry(partition, offset++);
      if (entry == null) {
        return;
      }
      long timestamp = timestamps.extractTimestamp(entry.value(), entry.timestamp());
      outlets.collect(new StreamRecord<>(entry.value(), timestamp));
      generator.onEvent(entry.value(), timestamp, this);
    }

    @Override
    public void emitWatermark(Watermark mark) {
      idle = false;
      watermark = Math.max(watermark, mark.getTimestamp());
      combine();
    }

    @Override
    public void markIdle() {
      idle = true;
      combine();
    }

    @Override
    public void markActive() {
      idle = false;
      combine();
    }
  }

  private static final class Context
      implements WatermarkGeneratorSupplier.Context, TimestampAssignerSupplier.Context {
    static final Context INSTANCE = new Context();

    @Override
    public MetricGroup getMetricGroup() {
      return UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup();
    }

    @Override
    public org.apache.flink.util.clock.RelativeClock getInputActivityClock() {
      return Simulation.current().clock();
    }
  }
}
