package com.shareuptime.streams.counters.bootstrap;

import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.version.MadeGood;
import com.shareuptime.streams.version.RunNumbers;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a run goes on from a checkpoint after a store went back in time, or without the events that
 * others took: lists the targets that the stores hold. What is there and unknown to the job, as a
 * target that was deleted long ago, would stay for ever otherwise. Time waits for the list.
 *
 * <p>The records of its input are for others: it is an input that never ends.
 */
public final class RelistTargets extends AbstractStreamOperator<TruthChange>
    implements OneInputStreamOperator<RawRecord, TruthChange> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RelistTargets.class);
  private static final long PAUSE_MILLIS = 1_000;
  private static final String JOB = "counters";

  /** Lists what the stores hold. */
  public interface Held extends java.io.Serializable {
    void list(Collector<TruthChange> out) throws Exception;
  }

  private final Held held;
  private final RunNumbers numbers;

  private transient MadeGood losses;
  private transient TimestampedCollector<TruthChange> out;
  private transient boolean due;
  private transient WatermarkStatus status;

  RelistTargets(Held held, RunNumbers numbers) {
    this.held = held;
    this.numbers = numbers;
  }

  /**
   * What is listed, named.
   *
   * @param unending an input that does not end
   */
  public static DataStream<TruthChange> of(
      DataStream<RawRecord> unending, Held held, RunNumbers numbers) {
    return unending
        .transform(
            "targets that stores hold again", TruthChange.TYPE, new RelistTargets(held, numbers))
        .uid("relist-targets")
        .setParallelism(1);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    losses = MadeGood.restored(context.getOperatorStateStore(), context.isRestored());
  }

  @Override
  public void open() throws Exception {
    super.open();
    out = new TimestampedCollector<>(output);
    due = losses.isDue(numbers, JOB);
    if (due) {
      listAt(getProcessingTimeService().getCurrentProcessingTime());
    }
  }

  private void listAt(long time) {
    getProcessingTimeService().registerTimer(time, this::list);
  }

  private void list(long now) throws Exception {
    try {
      held.list(out);
    } catch (Exception e) {
      LOG.warn("cannot list yet what the stores hold", e);
      listAt(now + PAUSE_MILLIS);
      return;
    }
    due = false;
    if (status != null) {
      super.processWatermarkStatus(status);
    }
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {}

  @Override
  public void processWatermarkStatus(WatermarkStatus next) throws Exception {
    status = next;
    if (!due) {
      super.processWatermarkStatus(next);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    losses.note(getOperatorStateBackend(), !due);
  }
}
