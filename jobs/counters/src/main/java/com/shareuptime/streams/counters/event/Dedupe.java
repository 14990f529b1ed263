package com.shareuptime.streams.counters.event;

import com.shareuptime.streams.counters.total.CounterDelta;
import java.time.Clock;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets each event id through once within the horizon, measured in Kafka's append time, so that a
 * replay decides as live traffic did. Ids are kept as fingerprints, spread over {@link #SHARDS}
 * keys: one timer a shard and horizon removes what has expired, whatever the rate.
 */
public final class Dedupe extends KeyedProcessFunction<Integer, CounterEvent, CounterDelta>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Enough that each key group has several, few enough that their timers cost nothing. */
  static final int SHARDS = 1 << 13;

  /** By how much a broker's clock may be ahead of ours, ms. */
  private static final long CLOCK_SKEW = 60_000;

  /** fingerprint → append time, epoch ms; grows to the ids of one to two horizons. */
  private static final MapStateDescriptor<Long, Long> SEEN =
      new MapStateDescriptor<>("seen", Types.LONG, Types.LONG);

  /** When the shard's next cleaning is due; empty while it holds nothing. */
  private static final ValueStateDescriptor<Long> CLEANING =
      new ValueStateDescriptor<>("cleaning", Types.LONG);

  private final Clock clock = Clock.systemUTC();
  private final long horizon;
  private final int filterWords;

  private transient MapState<Long, Long> seen;
  private transient ValueState<Long> cleaning;
  private transient Counter duplicates;
  private transient RecentIds recent;
  private transient BitSet scheduled; // spares a look into the state for each event
  private transient long start;

  /**
   * @param horizon milliseconds for which an id is remembered
   */
  public Dedupe(long horizon) {
    this(horizon, RecentIds.WORDS);
  }

  /**
   * @param horizon milliseconds for which an id is remembered
   * @param filterWords size of each of the two filters that spare a look into the state
   */
  public Dedupe(long horizon, int filterWords) {
    this.horizon = horizon;
    this.filterWords = filterWords;
  }

  /** The shard of an event: what the stream is keyed by. */
  public static KeySelector<CounterEvent, Integer> shard() {
    return event -> (int) event.fingerprint() & SHARDS - 1;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    start = clock.millis();
    // what the restored state knows was appended before this start
    recent =
        new RecentIds(
            horizon,
            context.isRestored() ? start + CLOCK_SKEW + horizon : Long.MIN_VALUE,
            filterWords);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {}

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getMapState(SEEN);
    cleaning = getRuntimeContext().getState(CLEANING);
    duplicates = getRuntimeContext().getMetricGroup().counter("duplicates");
    scheduled = new BitSet(SHARDS);
  }

  @Override
  public void processElement(CounterEvent event, Context context, Collector<CounterDelta> out)
      throws Exception {
    boolean surelyNew = recent.surelyNew(event.fingerprint(), event.appendedAt());
    Long before = surelyNew ? null : seen.get(event.fingerprint());
    if (before != null && event.appendedAt() - before <= horizon) {
      duplicates.inc();
      if (context.timerService().currentWatermark() < start) {
        // the run that failed may have decided otherwise and written the target: touch it
        out.collect(delta(event, 0));
      }
      return;
    }
    seen.put(event.fingerprint(), event.appendedAt());
    recent.add(event.fingerprint(), event.appendedAt());
    if (!scheduled.get(context.getCurrentKey())) {
      scheduled.set(context.getCurrentKey());
      if (cleaning.value() == null) {
        scheduleCleaning(event.appendedAt() + horizon, context);
      }
    }
    out.collect(delta(event, event.amount()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CounterDelta> out)
      throws Exception {
    boolean left = false;
    Iterator<Map.Entry<Long, Long>> entries = seen.iterator();
    while (entries.hasNext()) {
      if (entries.next().getValue() < timestamp - horizon) {
        entries.remove();
      } else {
        left = true;
      }
    }
    if (left) {
      scheduleCleaning(timestamp + horizon, context);
    } else {
      seen.clear();
      cleaning.clear();
      scheduled.clear(context.getCurrentKey());
    }
  }

  private void scheduleCleaning(long time, Context context) throws Exception {
    cleaning.update(time);
    context.timerService().registerEventTimeTimer(time);
  }

  private static CounterDelta delta(CounterEvent event, int count) {
    return new CounterDelta(
        event.target(),
        event.kind(),
        event.create(),
        Math.floorDiv(event.occurredAt(), 1000L),
        0,
        true,
        0,
        event.late(),
        count);
  }
}
