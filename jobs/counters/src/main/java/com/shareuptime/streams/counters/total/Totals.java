package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.CompleteGenerations;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.CountedTables;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.RunNumbersOfMode;
import com.shareuptime.streams.counters.total.CounterDrift.Reason;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.counters.total.TruthChange.Generation;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import com.shareuptime.streams.version.CaughtUp;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.MadeGood;
import com.shareuptime.streams.version.ReachedTime;
import com.shareuptime.streams.version.Replay;
import com.shareuptime.streams.version.ReplayWatch;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.StateAge;
import com.shareuptime.streams.version.WriteVersion;
import com.shareuptime.streams.version.WritingRun;
import com.shareuptime.streams.version.WritingSubtask;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the counters of each target and writes them, whole and versioned, whenever what readers
 * should see has changed. Input 1 is bundled events, input 2 whatever changes the truth.
 *
 * <p>Timers and settlement follow the lower watermark of both; what is forwarded is the watermark
 * of the rows, as all rows before it are then in what was written, and only once the gate has let
 * every touched target through.
 */
public final class Totals extends AbstractStreamOperator<CounterUpdate>
    implements TwoInputStreamOperator<CounterDelta, TruthChange, CounterUpdate>,
        Triggerable<CounterTarget, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Settlements, for the record. */
  public static final OutputTag<CounterDrift> DRIFT = new OutputTag<>("drift", CounterDrift.TYPE);

  /** Rows of targets that a new generation has not: nothing else tells that they are gone. */
  public static final OutputTag<TargetRow> DROPPED = new OutputTag<>("dropped", TargetRow.TYPE);

  /** One a target, O(grace) large; of a hard-deleted one, until the retention has passed. */
  private static final ValueStateDescriptor<TargetTotals> TOTALS =
      new ValueStateDescriptor<>("totals", TargetTotals.TYPE);

  /** Complete generations, and those that will be at a watermark to come; a few a table. */
  private static final ListStateDescriptor<TruthChange> GENERATIONS =
      new ListStateDescriptor<>("generations", TruthChange.TYPE);

  /** Up to where each subtask has seen all rows: see {@link #passed}. */
  private static final String ROW_TIME = "row-time";

  /** Up to where each subtask has seen all of both inputs: what was given up then stays so. */
  private static final String TIME = "time";

  /**
   * Since when each subtask takes events, epoch milliseconds; {@link #NEVER} in a mode without
   * them, and no number if always.
   */
  private static final ListStateDescriptor<Long> EVENTS_SINCE =
      new ListStateDescriptor<>("events-since", Types.LONG);

  private static final long ALWAYS = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;

  /** Whose surfaces count when a store has lost something. */
  private static final String JOB = "counters";

  private final TotalsSettings settings;
  private final RunNumbers runNumbers;
  private final CountedTables tables;
  private final CountedView[] counters;
  private final int width;

  private transient Reconciler reconciler;
  private transient Gate gate;
  private transient Replay replay;
  private transient CompleteGenerations generations;
  private transient ValueState<TargetTotals> state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<CounterUpdate> reused;
  private transient Served before;
  private transient Served after;
  private transient Map<Reason, Counter> settlements;
  private transient Counter staleEvents;
  private transient Counter updates;
  private transient WritingRun run;
  private transient boolean caughtUp;
  private transient boolean gaveUp;
  private transient long eventsSince;
  private transient ReachedTime rowTime;
  private transient ReachedTime time;
  private transient MadeGood losses;
  private transient long watermark;
  private transient long rowWatermark;
  private transient long eventWatermark;
  private transient long forwarded;

  /**
   * @param entities what is counted, and for what
   */
  public Totals(TotalsSettings settings, RunNumbers runNumbers, IdKinds entities) {
    this.settings = settings;
    this.tables = new CountedTables(entities);
    this.counters = entities.counters().toArray(CountedView[]::new);
    this.width = entities.width();
    this.runNumbers = new RunNumbersOfMode(runNumbers, settings.mode());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    caughtUp = CaughtUp.isRestored(store, context.isRestored());
    eventsSince = ALWAYS;
    for (Long since : store.getUnionListState(EVENTS_SINCE).get()) {
      eventsSince = Math.max(eventsSince, since);
    }
    rowTime = ReachedTime.ofAll(store, ROW_TIME);
    time = ReachedTime.ofAll(store, TIME);
    StateAge.require(
        store, getProcessingTimeService().getCurrentProcessingTime(), settings.maxStateAge());
    generations = new CompleteGenerations();
    for (TruthChange known : store.getUnionListState(GENERATIONS).get()) {
      generations.observe(((Generation) known).news());
    }
    generations.advance(Long.MIN_VALUE, (table, generation) -> {});
    run = WritingRun.after(store);
    losses = MadeGood.restored(store, context.isRestored());
  }

  @Override
  public void open() throws Exception {
    super.open();
    run.begin(runNumbers, WritingSubtask.of(getRuntimeContext(), RunNumbersOfMode.TOTALS));
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (!settings.mode().usesEvents()) {
      eventsSince = NEVER;
    } else if (eventsSince == NEVER) {
      eventsSince = now; // rows of before were read without leaving anything for their events
    }
    reconciler =
        new Reconciler(
            settings.graceSeconds(),
            settings.mode(),
            eventsSince == ALWAYS ? ALWAYS : seconds(eventsSince) + 1);
    boolean writesAll = losses.isDue(runNumbers, JOB);
    gate =
        Gate.of(
            now, caughtUp && !writesAll ? settings.restoreSpread() : settings.bootstrapSpread());
    CounterMode mode = settings.mode();
    replay = new Replay(mode.usesEvents(), mode.usesRows(), now, settings.gatePatience());
    watermark = Long.MIN_VALUE;
    rowWatermark = Long.MIN_VALUE;
    eventWatermark = Long.MIN_VALUE;
    forwarded = Long.MIN_VALUE;
    state = getRuntimeContext().getState(TOTALS);
    timers = getInternalTimerService("totals", VoidNamespaceSerializer.INSTANCE, this);
    reused = new StreamRecord<>(null);
    before = new Served(width);
    after = new Served(width);
    settlements = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      settlements.put(reason, getMetricGroup().counter(reason.text()));
    }
    staleEvents = getMetricGroup().counter("staleEvents");
    updates = getMetricGroup().counter("updates");
    getMetricGroup().gauge("gateOpen", () -> gate.isOpen() ? 1 : 0);
    getMetricGroup().gauge("run", run::number);
    if (writesAll) {
      touchAll();
    }
    if (caughtUp) { // else what is not known may exist
      ReplayWatch.begin(getProcessingTimeService(), replay, gate, this::writeAllDirty);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    var store = getOperatorStateBackend();
    StateAge.note(store, now());
    store
        .getUnionListState(GENERATIONS)
        .update(generations.toState().stream().<TruthChange>map(Generation::new).toList());
    run.note(store);
    CaughtUp.note(store, caughtUp, gate);
    store.getUnionListState(EVENTS_SINCE).update(List.of(eventsSince));
    rowTime.note();
    time.note();
    losses.note(store, gate.isPassed());
  }

  @Override
  public void processElement1(StreamRecord<CounterDelta> element) throws Exception {
    CounterDelta delta = element.getValue();
    if (!gate.isOpen()) {
      replay.events(eventWatermark, now());
    }
    TargetTotals totals = totals(delta.second());
    Served before = before(totals);
    judgeHeld(totals);
    staleEvents.inc(reconciler.event(totals, delta, passed()));
    store(delta.target(), totals, before, true);
  }

  @Override
  public void processElement2(StreamRecord<TruthChange> element) throws Exception {
    TruthChange change = element.getValue();
    if (change instanceof Generation complete) {
      generations.observe(complete.news());
      return;
    }
    if (!gate.isOpen()) {
      watchReplay(change, element.getTimestamp());
    }
    TargetTotals totals = totals(change instanceof CounterDelta delta ? delta.second() : 0);
    Served before = before(totals);
    judgeHeld(totals);
    boolean touched = true;
    if (change instanceof CounterDelta delta) {
      long complete = generations.complete(delta.kind());
      reconciler.row(totals, delta, passed(), complete);
    } else if (change instanceof Refresh) {
      totals.dirty = true;
    } else if (change instanceof Correction correction) {
      touched = take(totals, correction);
    } else if (change instanceof TargetRow row) {
      // a target that nothing was ever counted for is not written: absent is 0
      touched = totals.writtenBy() != 0 || totals.dirty;
      totals.row(row.version(), row.exists(), now());
    }
    store(change.target(), totals, before, touched);
  }

  /** A row says that the replay goes on; what somebody has asked for comes at any time. */
  private void watchReplay(TruthChange change, long writtenAt) {
    if (change instanceof CounterDelta delta) {
      long complete = generations.complete(delta.kind());
      replay.row(delta.generation(), complete, writtenAt, now());
    } else if (change instanceof TargetRow row) {
      CdcTable table = tables.of(row.target().type());
      long complete = table == null ? 0 : generations.complete(table);
      replay.row(row.version().generation(), complete, writtenAt, now());
    }
  }

  /**
   * Corrects what was proven wrong unless it was written since; returns whether there is something
   * to write. While the gate is shut a correction is held: it is read again after a failure, and so
   * are inputs that came before the write it names, and that the state does not know.
   */
  private boolean take(TargetTotals totals, Correction correction) {
    if (!gate.isOpen()) {
      totals.held = totals.held == null ? correction : correction.after(totals.held);
      return true;
    }
    if (totals.version == correction.ifVersion()) {
      correct(totals, correction, null);
      return true;
    }
    return correctAsFound(totals, correction);
  }

  /** Judges what is held, once everything that was read before is known again; as above. */
  private boolean judgeHeld(TargetTotals totals) {
    Correction correction = totals.held;
    if (correction == null || !gate.isOpen()) {
      return false;
    }
    totals.held = null;
    return correctAsFound(totals, correction);
  }

  /**
   * Of a write of an earlier run, which may have been rolled back, only the values tell: a counter
   * that has changed since is left alone, and a target goes only as a whole.
   */
  private boolean correctAsFound(TargetTotals totals, Correction correction) {
    Counts found = correction.found();
    if (found == null || WriteVersion.run(correction.ifVersion()) == run.number()) {
      return false;
    }
    boolean any = false;
    boolean all = true;
    for (CountedView counter : counters) {
      boolean same = totals.served(counter) == found.of(counter);
      all &= same;
      any |=
          same && correction.truth() != null && correction.truth().of(counter) != found.of(counter);
    }
    if (correction.truth() == null ? all : any) {
      correct(totals, correction, found);
      return true;
    }
    return false;
  }

  /**
   * @param onlyWhere which counters: those that serve this; null for all
   */
  private void correct(TargetTotals totals, Correction correction, Counts onlyWhere) {
    if (correction.truth() == null) {
      totals.gone(now());
    }
    Counts truth = correction.truth() == null ? Counts.ZERO : correction.truth();
    for (CountedView counter : counters) {
      if (onlyWhere != null && totals.served(counter) != onlyWhere.of(counter)) {
        continue;
      }
      CounterKind kind = counter.kind();
      long amount =
          totals
              .kind(kind)
              .correct(generations.complete(kind), truth.of(kind), counter.hasAmount());
      if (amount != 0) {
        drift(
            new CounterDrift(
                correction.target(),
                kind,
                amount > 0,
                Reason.CORRECTED,
                seconds(now()),
                (int) Math.min(Math.abs(amount), Integer.MAX_VALUE),
                run.nextVersion()));
      }
    }
    totals.dirty = true;
  }

  /** News of generations goes to every subtask, and has no key that all of them could hold. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as the method is declared
  public void setKeyContextElement2(StreamRecord record) throws Exception {
    if (!(record.getValue() instanceof Generation)) {
      super.setKeyContextElement2(record);
    }
  }

  @Override
  public void onEventTime(InternalTimer<CounterTarget, VoidNamespace> timer) throws Exception {
    TargetTotals totals = state.value();
    if (totals == null) {
      return;
    }
    if (totals.timer <= timer.getTimestamp()) {
      totals.timer = TargetTotals.NO_TIMER;
    }
    CounterTarget target = timer.getKey();
    Served before = before(totals);
    gaveUp = false;
    reconciler.settle(
        totals,
        seconds(watermark),
        passed(),
        (kind, create, reason, second, amount) -> {
          gaveUp |= reason == Reason.PHANTOM;
          drift(new CounterDrift(target, kind, create, reason, second, amount, run.nextVersion()));
        });
    judgeHeld(totals); // after what is given up: it was not in what was found
    boolean due = totals.dirty && gate.isOpen() && watermark >= gate.momentOf(target);
    boolean expired =
        totals.existence() == TargetTotals.Existence.GONE
            && watermark >= totals.goneSince() + settings.tombstoneRetention();
    if (expired && Reconciler.isForgettable(totals)) {
      state.clear();
      return;
    }
    // what is settled in this run was settled by a failed one as well: only a change is news; but
    // that one may have given up in two steps what is given up here in one, and written between
    boolean between = gaveUp && totals.writtenBy() != 0 && totals.writtenBy() != run.number();
    store(target, totals, before, due || between || differs(totals, before, after(totals)));
  }

  @Override
  public void onProcessingTime(InternalTimer<CounterTarget, VoidNamespace> timer) {
    throw new IllegalStateException("totals set no timers in processing time");
  }

  /** Without rows the events alone tell the time: the other input has ended, or is silent. */
  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    eventWatermark = mark.getTimestamp();
    replay.events(eventWatermark, now());
    if (settings.mode().usesRows()) {
      super.processWatermark1(mark);
    } else {
      processWatermark(mark);
    }
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    if (!settings.mode().usesRows()) {
      return;
    }
    rowWatermark = mark.getTimestamp();
    rowTime.advance(rowWatermark);
    replay.rows(now());
    generations.advance(rowWatermark, this::drop);
    super.processWatermark2(mark);
    forwardWatermark();
  }

  /** The lower watermark of both inputs has moved. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    time.advance(watermark);
    gate.advance(watermark);
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    forwardWatermark();
  }

  private void forwardWatermark() {
    long mark = settings.mode().usesRows() ? rowWatermark : watermark;
    if (gate.isPassed() && mark > forwarded) {
      forwarded = mark;
      output.emitWatermark(new Watermark(mark));
    }
  }

  private TargetTotals totals(long second) throws Exception {
    TargetTotals totals = state.value();
    return totals != null ? totals : new TargetTotals(second);
  }

  /** Puts the state back, writes the target if it is to be written, and sets its next timer. */
  private void store(CounterTarget target, TargetTotals totals, Served before, boolean touched)
      throws Exception {
    if (touched && gate.isOpen() && totals.writtenBy() != run.number()) {
      reconciler.balance(totals, passed()); // the first write of this run ends a replay
    }
    Served after = after(totals);
    boolean differs =
        totals.dirty || totals.writtenBy() != run.number() || differs(totals, before, after);
    if (touched && differs) {
      if (gate.isOpen()) {
        write(target, totals, after);
      } else {
        totals.dirty = true;
      }
    }
    if (after.gone
        && totals.existence() == TargetTotals.Existence.UNKNOWN
        && Reconciler.isForgettable(totals)) {
      state.clear();
      return;
    }
    long due = due(target, totals);
    if (due < totals.timer) {
      totals.timer = due;
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
    }
    state.update(totals);
  }

  /** A target that got no row in its grace is gone without any input: hence the look at writes. */
  private static boolean differs(TargetTotals totals, Served before, Served after) {
    return !after.isSame(before) || (totals.writtenBy() != 0 && after.gone != totals.writtenGone);
  }

  private long due(CounterTarget target, TargetTotals totals) {
    long due = totals.dirty ? gate.momentOf(target) : TargetTotals.NO_TIMER;
    due = Math.min(due, millis(reconciler.waitsUntil(totals)));
    switch (totals.existence()) {
      case UNKNOWN -> {
        long until = millis(reconciler.unknownUntil(totals));
        due = until > watermark ? Math.min(due, until) : due;
      }
      case GONE -> {
        if (totals.isEmpty()) {
          due = Math.min(due, totals.goneSince() + settings.tombstoneRetention());
        }
      }
      case EXISTS -> {}
    }
    return due;
  }

  private void write(CounterTarget target, TargetTotals totals, Served now) {
    totals.dirty = false;
    totals.version = run.nextVersion();
    totals.writtenGone = now.gone;
    updates.inc();
    output.collect(
        reused.replace(
            new CounterUpdate(target, now.toReaders(), totals.version, now.gone, now())));
  }

  private void drift(CounterDrift drift) {
    settlements.get(drift.reason()).inc(drift.amount());
    output.collect(DRIFT, new StreamRecord<>(drift));
  }

  /**
   * Rows that only older generations knew are gone: every target is looked at, before the watermark
   * that promises it goes on. Rare (a new snapshot, a TRUNCATE), and as long as reading the state.
   */
  private void drop(CdcTable table, long generation) throws Exception {
    forEachTarget(
        (target, totals) -> {
          Served before = before(totals);
          judgeHeld(totals);
          if (reconciler.drop(
              totals, table, table.equals(tables.of(target.type())), generation, now())) {
            var gone = new TargetRow(target, new RowVersion(generation, 0), false);
            output.collect(DROPPED, new StreamRecord<>(gone));
          }
          if (totals.dirty || !after(totals).isSame(before)) {
            store(target, totals, before, totals.writtenBy() != 0 || totals.dirty);
          } else {
            state.update(totals);
          }
        });
  }

  private void writeAllDirty() throws Exception {
    forEachTarget(
        (target, totals) -> {
          if (totals.dirty) {
            judgeHeld(totals);
            store(target, totals, before(totals), true);
          }
        });
  }

  /**
   * A store has lost writes, or holds what a run with events has written and this one will not read
   * again: all that was ever written is to be written behind the gate. Without events only rows
   * count.
   */
  private void touchAll() throws Exception {
    boolean forget = !settings.mode().usesEvents();
    forEachTarget(
        (target, totals) -> {
          if (forget) {
            totals.forgetEvents();
            state.update(totals);
          }
          if (totals.writtenBy() != 0) {
            totals.dirty = true;
            totals.timer = Math.min(totals.timer, gate.momentOf(target));
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, gate.momentOf(target));
            state.update(totals);
          }
        });
  }

  private interface TargetVisitor {
    void visit(CounterTarget target, TargetTotals totals) throws Exception;
  }

  private void forEachTarget(TargetVisitor visitor) throws Exception {
    this.<CounterTarget>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            TOTALS,
            (target, found) -> visitor.visit(target, found.value()));
  }

  /** What readers see of the target at hand before what is done to it. */
  private Served before(TargetTotals totals) {
    return look(totals, before);
  }

  /** The same, as it is now. */
  private Served after(TargetTotals totals) {
    return look(totals, after);
  }

  private Served look(TargetTotals totals, Served into) {
    for (CountedView counter : counters) {
      into.counts[counter.kind().ordinal()] = totals.served(counter);
    }
    into.gone = reconciler.isGone(totals, seconds(time.get()));
    return into;
  }

  /**
   * The second before which rows have come, in this run or an earlier one, and from which a
   * bootstrap takes up events.
   */
  private long passed() {
    long known = caughtUp ? rowTime.get() : Math.max(rowTime.get(), gate.start());
    return known == Long.MIN_VALUE ? known : seconds(known);
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private static long seconds(long millis) {
    return Math.floorDiv(millis, 1000L);
  }

  private static long millis(long seconds) {
    return seconds > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : seconds * 1000;
  }

  /** What readers are to see of a target; the same two for all, as every input looks twice. */
  private static final class Served {
    private final long[] counts;
    private boolean gone;

    Served(int width) {
      counts = new long[width];
    }

    boolean isSame(Served other) {
      return gone == other.gone && Arrays.equals(counts, other.counts);
    }

    Counts toReaders() {
      return gone ? Counts.ZERO : Counts.of(counts);
    }
  }
}
