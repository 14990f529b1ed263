package com.shareuptime.streams.counters.total;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Bundles deltas before they cross the network, so that a hot target costs no more than a cold one.
 * Nothing stays in a bundle across a barrier, a watermark, or the end of input; it needs no state.
 * What leaves bears the timestamp of the oldest record in its bundle.
 */
public final class PreAggregate extends AbstractStreamOperator<CounterDelta>
    implements OneInputStreamOperator<CounterDelta, CounterDelta>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final int maxEntries;
  private final long maxDelay;

  private transient DeltaBundle bundle;
  private transient StreamRecord<CounterDelta> reused;
  private transient boolean timerSet;
  private transient long oldest;

  /**
   * @param maxEntries entries at which a bundle leaves
   * @param maxDelay milliseconds after which it leaves anyway
   */
  public PreAggregate(int maxEntries, long maxDelay) {
    this.maxEntries = maxEntries;
    this.maxDelay = maxDelay;
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    bundle = new DeltaBundle(maxEntries);
    reused = new StreamRecord<>(null);
    oldest = Long.MAX_VALUE;
  }

  @Override
  public void processElement(StreamRecord<CounterDelta> element) {
    bundle.add(element.getValue());
    oldest = Math.min(oldest, element.getTimestamp());
    if (bundle.isFull()) {
      flush();
    } else if (!timerSet) {
      timerSet = true;
      long due = getProcessingTimeService().getCurrentProcessingTime() + maxDelay;
      getProcessingTimeService()
          .registerTimer(
              due,
              time -> {
                timerSet = false;
                flush();
              });
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    if (!bundle.isEmpty()) {
      bundle.drain(delta -> output.collect(reused.replace(delta, oldest)));
      oldest = Long.MAX_VALUE;
    }
  }
}
