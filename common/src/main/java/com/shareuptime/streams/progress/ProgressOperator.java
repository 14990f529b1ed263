package com.shareuptime.streams.progress;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.deadletter.DeadLetter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Turns the watermark that the source and all subtasks of a sink have reached into the position
 * that it stands for. Runs alone, so that Flink itself takes the minimum, also after a rescale.
 * Keeps no state: after a restore it is silent until the first beat has come through again.
 */
final class ProgressOperator extends AbstractStreamOperator<Progress>
    implements TwoInputStreamOperator<Heartbeat, DeadLetter, Progress> {
  private static final long serialVersionUID = 1;

  private final Surface surface;
  private transient Beats beats;
  private transient Beats.Beat published;
  private transient volatile long publishedBeatMillis;

  ProgressOperator(Surface surface) {
    this.surface = surface;
  }

  @Override
  public void open() throws Exception {
    super.open();
    beats = new Beats();
    getMetricGroup().gauge("lagMs", (Gauge<Long>) this::lagMillis);
  }

  /** -1 until there is any progress. */
  private long lagMillis() {
    return publishedBeatMillis == 0 ? -1 : System.currentTimeMillis() - publishedBeatMillis;
  }

  @Override
  public void processElement1(StreamRecord<Heartbeat> beat) {
    Heartbeat value = beat.getValue();
    beats.add(value.beatMicros(), value.lsn(), value.snapshot());
  }

  /** The sink's dead letters are for others; only its watermark matters here. */
  @Override
  public void processElement2(StreamRecord<DeadLetter> letter) {}

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    Beats.Beat beat = beats.reachedBy(mark.getTimestamp());
    if (beat != null && beat.isAfter(published)) {
      published = beat;
      publishedBeatMillis = Math.floorDiv(beat.micros(), 1000L);
      output.collect(
          new StreamRecord<>(new Progress(surface, beat.lsn(), beat.micros(), beat.snapshot())));
    }
    super.processWatermark(mark);
  }
}
