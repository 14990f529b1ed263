package com.shareuptime.streams.counters.window;

import com.shareuptime.streams.counters.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.counters.window.OpenMinutes.Minute;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.ReachedTime;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WriteVersion;
import com.shareuptime.streams.version.WritingRun;
import com.shareuptime.streams.version.WritingSubtask;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tumbling minutes of event time. A minute is written when the watermark passes its end, and again
 * whenever something late has changed it, always as its whole net change; once the lateness has
 * passed it stays as it is, also after a restart. Minutes that began before a start without state
 * are never written: the topics may hold only half of them. Nor are those changed that began before
 * it was decided to make minutes of something else: what comes may have been counted in them, and
 * what the state has of them replaces nothing, as more of them may have been written since.
 */
public final class MinuteWindows
    extends KeyedProcessFunction<CounterTarget, CounterDelta, WindowUpdate>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** The minutes of a target that may still change; cleared when the lateness has passed. */
  private static final ValueStateDescriptor<OpenMinutes> OPEN =
      new ValueStateDescriptor<>("open-minutes", OpenMinutes.TYPE);

  /** Start of the oldest minute that was seen whole, one number a subtask. */
  private static final ListStateDescriptor<Long> WHOLE_FROM =
      new ListStateDescriptor<>("whole-from", Types.LONG);

  /** Up to which minutes were closed and forgotten by some subtask; a key may come from there. */
  private static final String CLOSED_AT = "closed-at";

  /** Whether each subtask makes minutes of events; else of rows. */
  private static final ListStateDescriptor<Boolean> OF_EVENTS =
      new ListStateDescriptor<>("of-events", Types.BOOLEAN);

  private final RunNumbers runNumbers;
  private final Clock clock;
  private final boolean ofEvents;
  private final long lateness;
  private final long spread;

  private transient ValueState<OpenMinutes> open;
  private transient OperatorStateStore store;
  private transient ListState<Long> wholeFromState;
  private transient ReachedTime closedAt;
  private transient Counter late;
  private transient Gate gate;
  private transient long wholeFrom;
  private transient WritingRun run;

  /**
   * @param ofEvents whether minutes are made of events; else of rows
   * @param lateness milliseconds after its end during which a minute is corrected
   * @param spread milliseconds over which minutes touched by a replay are written
   */
  public MinuteWindows(RunNumbers runNumbers, boolean ofEvents, long lateness, long spread) {
    this(runNumbers, ofEvents, lateness, spread, Clock.systemUTC());
  }

  MinuteWindows(RunNumbers runNumbers, boolean ofEvents, long lateness, long spread, Clock clock) {
    this.runNumbers = runNumbers;
    this.clock = clock;
    this.ofEvents = ofEvents;
    this.lateness = lateness;
    this.spread = spread;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    store = context.getOperatorStateStore();
    wholeFromState = store.getUnionListState(WHOLE_FROM);
    wholeFrom = Long.MIN_VALUE;
    for (Long known : wholeFromState.get()) {
      wholeFrom = Math.max(wholeFrom, known);
    }
    run = WritingRun.after(store);
    closedAt = ReachedTime.ofAny(store, CLOSED_AT);
    long now = clock.millis();
    gate = Gate.of(now, spread);
    boolean other = !context.isRestored();
    for (boolean before : store.getUnionListState(OF_EVENTS).get()) {
      other |= before != ofEvents;
    }
    if (other) {
      wholeFrom = now;
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    wholeFromState.update(List.of(wholeFrom));
    closedAt.note();
    run.note(store);
    store.getUnionListState(OF_EVENTS).update(List.of(ofEvents));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    open = getRuntimeContext().getState(OPEN);
    run.begin(runNumbers, WritingSubtask.of(getRuntimeContext(), "minute-windows"));
    late = getRuntimeContext().getMetricGroup().counter("lateForWindow");
  }

  @Override
  public void processElement(CounterDelta delta, Context context, Collector<WindowUpdate> out)
      throws Exception {
    if (!delta.announced() || delta.late()) {
      return; // moved, not made; or set aside by the parser
    }
    long time = delta.second() * 1000;
    long watermark = context.timerService().currentWatermark();
    long end = Math.floorDiv(time, OpenMinutes.MINUTE) * OpenMinutes.MINUTE + OpenMinutes.MINUTE;
    if (end - OpenMinutes.MINUTE < wholeFrom) {
      return; // never seen whole
    }
    OpenMinutes minutes = open.value();
    closedAt.advance(watermark);
    if (end + lateness <= closedAt.get() && (minutes == null || !minutes.has(time))) {
      late.inc(); // of a partition that was taken for idle; a minute that is still there is whole
      return;
    }
    if (minutes == null) {
      minutes = new OpenMinutes();
    }
    if (minutes.add(time, delta.kind(), delta.create() ? delta.count() : -delta.count())) {
      context.timerService().registerEventTimeTimer(end + lateness);
    }
    open.update(minutes);
    long due = gate.isOpenAt(watermark) ? end : Math.max(end, gate.momentOf(delta.target()));
    context.timerService().registerEventTimeTimer(Math.max(due, watermark + 1));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WindowUpdate> out)
      throws Exception {
    OpenMinutes minutes = open.value();
    if (minutes == null) {
      return;
    }
    long watermark = context.timerService().currentWatermark();
    CounterTarget target = context.getCurrentKey();
    if (!gate.isOpenAt(watermark)) {
      context.timerService().registerEventTimeTimer(gate.momentOf(target));
      return;
    }
    closedAt.advance(watermark);
    minutes.close(watermark, minute -> out.collect(update(target, minute)));
    minutes.forget(watermark - lateness);
    if (minutes.isEmpty()) {
      open.clear();
    } else {
      open.update(minutes);
    }
  }

  private WindowUpdate update(CounterTarget target, Minute minute) {
    return new WindowUpdate(
        target,
        minute.start(),
        minute.net(CounterKind.LIKES),
        minute.net(CounterKind.COMMENTS),
        minute.net(CounterKind.SHARES),
        minute.start() < wholeFrom ? WriteVersion.OLDEST : run.nextVersion());
  }
}
