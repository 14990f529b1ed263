package com.shareuptime.streams.counters.window;

import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.counters.window.OpenMinutes.Minute;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.ReachedTime;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WriteVersion;
import com.shareuptime.streams.version.WritingRun;
import com.shareuptime.streams.version.WritingSubtask;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Tumbling minutes of event time. A minute is written when the watermark passes its end, and again
 * whenever something late has changed it, always as its whole net change; once the lateness has
 * passed it stays as it is, also after a restart. Minutes that began before a start without state
 * are never written: the topics may hold only half of them. Nor are those changed that began before
 * it was decided to make minutes of something else: what comes may have been counted in them, and
 * what the state has of them replaces nothing, as more of them may have been written since.
 *
 * <p>In a {@link Silence} of the events the clock takes the place of their time, here and further
 * on: the minutes that are over then are written. It closes none of them. What was read late
 * because its partition was taken for silent corrects its minute as ever, since minutes are
 * forgotten by the time of the events alone.
 */
public final class MinuteWindows extends AbstractStreamOperator<WindowUpdate>
    implements OneInputStreamOperator<CounterDelta, WindowUpdate>,
        Triggerable<CounterTarget, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** How often the clock is looked at in a silence. */
  private static final long LOOK_MILLIS = 1_000;

  /** Earlier builds left the timers to Flink, which has them by this name. */
  private static final String TIMERS = "user-timers";

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
  private final boolean ofEvents;
  private final long lateness;
  private final long spread;
  private final long patience;

  private transient ValueState<OpenMinutes> open;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ListState<Long> wholeFromState;
  private transient ReachedTime closedAt;
  private transient Counter late;
  private transient Gate gate;
  private transient Silence silence;
  private transient long lookedAt;
  private transient long wholeFrom;
  private transient WritingRun run;

  /** The watermark of the input. */
  private transient long inputTime;

  /** The same, or the clock where that has taken its place. */
  private transient long time;

  /**
   * @param ofEvents whether minutes are made of events; else of rows, whose time is never silent
   * @param lateness milliseconds after its end during which a minute is corrected
   * @param spread milliseconds over which minutes touched by a replay are written
   * @param patience milliseconds for which events are silent before the clock takes their place
   */
  public MinuteWindows(
      RunNumbers runNumbers, boolean ofEvents, long lateness, long spread, long patience) {
    this.runNumbers = runNumbers;
    this.ofEvents = ofEvents;
    this.lateness = lateness;
    this.spread = spread;
    this.patience = patience;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    wholeFromState = store.getUnionListState(WHOLE_FROM);
    wholeFrom = Long.MIN_VALUE;
    for (Long known : wholeFromState.get()) {
      wholeFrom = Math.max(wholeFrom, known);
    }
    run = WritingRun.after(store);
    closedAt = ReachedTime.ofAny(store, CLOSED_AT);
    long now = now();
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
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    wholeFromState.update(List.of(wholeFrom));
    closedAt.note();
    run.note(getOperatorStateBackend());
    getOperatorStateBackend().getUnionListState(OF_EVENTS).update(List.of(ofEvents));
  }

  @Override
  public void open() throws Exception {
    super.open();
    open = getRuntimeContext().getState(OPEN);
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    run.begin(runNumbers, WritingSubtask.of(getRuntimeContext(), "minute-windows"));
    late = getMetricGroup().counter("lateForWindow");
    inputTime = Long.MIN_VALUE;
    time = Long.MIN_VALUE;
    silence = new Silence(patience);
    if (ofEvents) {
      lookedAt = now();
      lookLater();
    }
  }

  @Override
  public void processElement(StreamRecord<CounterDelta> element) throws Exception {
    silence.breaks();
    CounterDelta delta = element.getValue();
    if (!delta.announced() || delta.late()) {
      return; // moved, not made; or set aside by the parser
    }
    long at = delta.second() * 1000;
    long end = Math.floorDiv(at, OpenMinutes.MINUTE) * OpenMinutes.MINUTE + OpenMinutes.MINUTE;
    if (end - OpenMinutes.MINUTE < wholeFrom) {
      return; // never seen whole
    }
    OpenMinutes minutes = open.value();
    if (end + lateness <= closedAt.get() && (minutes == null || !minutes.has(at))) {
      late.inc(); // of a partition that was taken for idle; a minute that is still there is whole
      return;
    }
    if (minutes == null) {
      minutes = new OpenMinutes();
    }
    if (minutes.add(at, delta.kind(), delta.create() ? delta.count() : -delta.count())) {
      setTimer(end + lateness);
    }
    open.update(minutes);
    long due = gate.isOpenAt(time) ? end : Math.max(end, gate.momentOf(delta.target()));
    setTimer(Math.max(due, time + 1));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    silence.ends();
    inputTime = mark.getTimestamp();
    closedAt.advance(inputTime);
    advance(inputTime);
  }

  /** Never idle further on, where nothing else tells the time. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    if (status.isIdle()) {
      silence.begins();
    } else {
      silence.ends();
    }
  }

  private void advance(long to) throws Exception {
    if (to > time) {
      time = to;
      Watermark mark = new Watermark(to);
      getTimeServiceManager().orElseThrow().advanceWatermark(mark);
      output.emitWatermark(mark);
    }
  }

  private void lookLater() {
    getProcessingTimeService().registerTimer(lookedAt + LOOK_MILLIS, this::look);
  }

  /** A look that comes late says nothing of the time in which this task stood still. */
  private void look(long due) throws Exception {
    long now = now();
    silence.lasts(Math.min(now - lookedAt, LOOK_MILLIS));
    lookedAt = now;
    if (silence.isLong()) {
      advance(now - patience);
    }
    lookLater();
  }

  @Override
  public void onEventTime(InternalTimer<CounterTarget, VoidNamespace> timer) throws Exception {
    OpenMinutes minutes = open.value();
    if (minutes == null) {
      return;
    }
    CounterTarget target = timer.getKey();
    if (!gate.isOpenAt(time)) {
      setTimer(gate.momentOf(target));
      return;
    }
    minutes.close(
        time,
        minute -> output.collect(new StreamRecord<>(update(target, minute), timer.getTimestamp())));
    if (inputTime > Long.MIN_VALUE) {
      minutes.forget(inputTime - lateness);
    }
    if (minutes.isEmpty()) {
      open.clear();
      return;
    }
    open.update(minutes);
    if (minutes.hasEndedBy(time - lateness)) { // the clock has come here, the events have not
      long later = Math.max(lateness, OpenMinutes.MINUTE);
      setTimer((time / later + 1) * later);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<CounterTarget, VoidNamespace> timer) {
    throw new IllegalStateException("minutes set no timers in processing time");
  }

  private void setTimer(long at) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private WindowUpdate update(CounterTarget target, Minute minute) {
    return new WindowUpdate(
        target,
        minute.start(),
        minute.net(),
        minute.start() < wholeFrom ? WriteVersion.OLDEST : run.nextVersion());
  }
}
