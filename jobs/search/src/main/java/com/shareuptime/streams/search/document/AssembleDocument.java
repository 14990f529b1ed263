package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.CompleteGenerations;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.SearchTargets;
import com.shareuptime.streams.search.document.DocumentInput.Counted;
import com.shareuptime.streams.search.document.DocumentInput.Generation;
import com.shareuptime.streams.vector.TextHash;
import com.shareuptime.streams.version.CaughtUp;
import com.shareuptime.streams.version.Gate;
import com.shareuptime.streams.version.Replay;
import com.shareuptime.streams.version.ReplayWatch;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.StateAge;
import com.shareuptime.streams.version.WritingRun;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

/**
 * Keeps each document whole and writes it whole: at once when its row or its author has changed, at
 * the pace of {@link CountPace} when its counts have. What is deleted is written as a document that
 * no reader finds, and removed for good when nothing older can come any more. Rows that only
 * generations before the complete one knew are deleted as well, though nobody says so of each.
 *
 * <p>After a start nothing is written until all has been read again that was read before; the
 * watermark is held back until every touched document is written. A first read that was interrupted
 * is one still: what has not come yet may be there.
 */
public final class AssembleDocument extends AbstractStreamOperator<DocumentWrite>
    implements OneInputStreamOperator<DocumentInput, DocumentWrite>,
        Triggerable<DocumentKey, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<DocumentRow> ROW =
      new ValueStateDescriptor<>("row", DocumentRow.TYPE);
  private static final ValueStateDescriptor<Assembly> ASSEMBLY =
      new ValueStateDescriptor<>("assembly", Assembly.TYPE);

  /** The index of each type as of the snapshot. */
  private static final ListStateDescriptor<String> INDEXES =
      new ListStateDescriptor<>("indexes", Types.STRING);

  /** Complete generations, and those that will be at a watermark to come; a few a table. */
  private static final ListStateDescriptor<GenerationComplete> GENERATIONS =
      new ListStateDescriptor<>("generations", GenerationComplete.TYPE);

  /** Counts are written so many a second when all are written anew. */
  private static final int RECOUNTS_PER_SECOND = 2_000;

  /** 1.6 KB a document that has one; cleared with the document. */
  private static final ValueStateDescriptor<TextVector> VECTOR =
      new ValueStateDescriptor<>("vector", TextVector.TYPE);

  private final DocumentSettings settings;
  private final SearchTargets targets;
  private final RunNumbers runNumbers;
  private final IdKinds entities;

  private transient ValueState<DocumentRow> rowState;
  private transient ValueState<Assembly> assemblyState;
  private transient ValueState<TextVector> vectorState; // null where documents have none
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<DocumentWrite> reused;
  private transient DocumentJson json;
  private transient Gate gate;
  private transient Replay replay;
  private transient CompleteGenerations generations;
  private transient boolean restored;
  private transient boolean caughtUp;
  private transient Set<String> indexesBefore;
  private transient WritingRun run;
  private transient long watermark;
  private transient Counter stale;
  private transient Counter textMissing;
  private transient Counter writesOfContent;
  private transient Counter writesOfVectors;
  private transient Counter writesOfCounts;
  private transient Counter coalescedCounts;

  /**
   * @param entities of the model, whose counters documents have
   */
  public AssembleDocument(
      DocumentSettings settings, SearchTargets targets, RunNumbers runNumbers, IdKinds entities) {
    this.settings = settings;
    this.targets = targets;
    this.runNumbers = runNumbers;
    this.entities = entities;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    caughtUp = CaughtUp.isRestored(context.getOperatorStateStore(), restored);
    StateAge.require(
        context.getOperatorStateStore(), now(), Duration.ofMillis(settings.maxStateAge()));
    run = WritingRun.after(context.getOperatorStateStore());
    generations = new CompleteGenerations();
    for (var known : context.getOperatorStateStore().getUnionListState(GENERATIONS).get()) {
      generations.observe(known);
    }
    generations.advance(Long.MIN_VALUE, (table, generation) -> {});
    indexesBefore = new HashSet<>();
    context.getOperatorStateStore().getUnionListState(INDEXES).get().forEach(indexesBefore::add);
  }

  @Override
  public void open() throws Exception {
    super.open();
    run.begin(runNumbers);
    long now = now();
    gate = Gate.of(now, caughtUp ? settings.restoreSpread() : settings.bootstrapSpread());
    replay = new Replay(false, true, now, settings.gatePatience());
    watermark = Long.MIN_VALUE;
    rowState = getRuntimeContext().getState(ROW);
    assemblyState = getRuntimeContext().getState(ASSEMBLY);
    vectorState = settings.vectors() ? getRuntimeContext().getState(VECTOR) : null;
    timers = getInternalTimerService("documents", VoidNamespaceSerializer.INSTANCE, this);
    reused = new StreamRecord<>(null);
    json = new DocumentJson(entities);
    stale = getMetricGroup().counter("staleRows");
    textMissing = getMetricGroup().counter("textMissing");
    writesOfContent = getMetricGroup().counter("contentWrites");
    writesOfVectors = getMetricGroup().counter("vectorWrites");
    writesOfCounts = getMetricGroup().counter("countWrites");
    coalescedCounts = getMetricGroup().counter("coalescedCounts");
    getMetricGroup().gauge("gateOpen", () -> gate.isOpen() ? 1 : 0);
    if (caughtUp) {
      ReplayWatch.begin(getProcessingTimeService(), replay, gate, this::writeAllDirty);
    }
    if (restored) {
      recountInOtherIndexes();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    var store = getOperatorStateBackend();
    StateAge.note(store, now());
    CaughtUp.note(store, caughtUp, gate);
    run.note(store);
    store.getUnionListState(INDEXES).update(List.copyOf(targets.indexes().values()));
    store.getUnionListState(GENERATIONS).update(generations.toState());
  }

  /**
   * An index that another run has filled until now has all documents whole, but counts at that
   * run's pace: all are written again, little by little.
   */
  private void recountInOtherIndexes() throws Exception {
    if (indexesBefore.isEmpty() || indexesBefore.containsAll(targets.indexes().values())) {
      return;
    }
    long from = now() + settings.gatePatience();
    long[] many = {0};
    this.<DocumentKey>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            ASSEMBLY,
            (key, found) -> {
              if (!indexesBefore.contains(targets.index(key.type()))) {
                long at = from + many[0]++ * 1_000 / RECOUNTS_PER_SECOND;
                found.update(found.value().uncounted(at));
                timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, at);
              }
            });
  }

  /** News of generations goes to every subtask, and has no key that all of them could hold. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as the method is declared
  public void setKeyContextElement1(StreamRecord record) throws Exception {
    if (!(record.getValue() instanceof Generation)) {
      super.setKeyContextElement1(record);
    }
  }

  @Override
  public void processElement(StreamRecord<DocumentInput> element) throws Exception {
    DocumentInput input = element.getValue();
    if (input instanceof Generation generation) {
      generations.observe(generation.news());
      return;
    }
    Assembly known = assemblyState.value();
    DocumentRow row = needsRow(input, known) ? rowState.value() : null;
    Assembly before = known == null ? Assembly.EMPTY : known;
    Assembly after = before;
    if (input instanceof DocumentRow changed) {
      replay.row(
          changed.version().generation(),
          generations.complete(changed.document().type().table()),
          element.getTimestamp(),
          now());
      if (isOlder(changed, row)) {
        stale.inc();
        return;
      }
      row = completed(changed, row);
      rowState.update(row);
      if (!row.exists()) {
        forgetLater(row.changedAt());
      }
      after = before.toWrite();
    } else if (input instanceof AuthorSnapshot snapshot) {
      after = author(before, snapshot, row);
      if (known == null && after == before) {
        return; // the change of somebody who is not known here
      }
    } else if (input instanceof Counted counts) {
      if (counts.version() > before.counts().version()) {
        coalescedCounts.inc(before.waitingSince() == 0 ? 0 : 1);
        after = before.counts(counts, now(), row);
      }
    } else if (input instanceof TextVector vector) {
      after = vector(before, row, vector);
    } else {
      if (row == null && !settings.mode().usesRows(input.document().type())) {
        return; // its event may be older than the topic: it is left as it is
      }
      if (row == null) { // of nobody: as if it had been deleted just now
        row = DocumentRow.gone(input.document(), gate.start());
        rowState.update(row);
        forgetLater(row.changedAt());
      }
      run.leap();
      after = before.toWrite();
    }
    if (row == null && known == null) {
      forgetLater(Math.max(watermark, gate.start())); // of what never gets a row
    }
    store(input.document(), row, known, after);
  }

  /** Than what is known of the document, or of its whole table. */
  private boolean isOlder(DocumentRow changed, DocumentRow known) {
    return changed.version().generation() < generations.complete(changed.document().type().table())
        || (known != null && known.version().compareTo(changed.version()) > 0);
  }

  /** What only waits for the gate needs no look at the row, which may be large. */
  private boolean needsRow(DocumentInput input, Assembly known) {
    return gate.isOpen()
        || known == null
        || !(input instanceof Counted
            || input instanceof AuthorSnapshot author && needsNoRow(author, known));
  }

  /** Answers wait for the row; of others the row says whether they count. */
  private static boolean needsNoRow(AuthorSnapshot snapshot, Assembly known) {
    return snapshot.asOf() != null || known.knows(snapshot.author().author());
  }

  private Assembly author(Assembly before, AuthorSnapshot snapshot, DocumentRow row) {
    Assembly after = before.told(snapshot.author(), snapshot.asOf(), row);
    if (after == before) {
      return after;
    }
    if (row == null) { // what waits for its row or for the gate is written then
      return after.waiting(now());
    }
    boolean shows = !Objects.equals(after.of(row).author(), before.of(row).author());
    return shows && row.isShown() ? after.toWrite() : after;
  }

  /** Keeps a vector. One of another text than the document's waits for that text to come. */
  private Assembly vector(Assembly before, DocumentRow row, TextVector vector) throws Exception {
    boolean had = vectorOf(row) != null;
    if (vector.vector() == null) {
      vectorState.clear();
    } else {
      vectorState.update(vector);
    }
    if (!had && vectorOf(row) == null) {
      boolean waits = vector.vector() != null && (row == null || !row.exists());
      return waits ? before.waiting(now()) : before;
    }
    writesOfVectors.inc();
    return before.toWrite();
  }

  /** The vector that the document shows; null if it has none, or none of its text. */
  private TextVector vectorOf(DocumentRow row) throws Exception {
    if (vectorState == null || row == null || !row.isShown() || row.text() == null) {
      return null;
    }
    TextVector known = vectorState.value();
    return known != null && known.textHash().equals(TextHash.of(row.text())) ? known : null;
  }

  private DocumentRow completed(DocumentRow changed, DocumentRow before) {
    DocumentRow whole = before == null || !before.exists() ? changed : changed.completedBy(before);
    if (!whole.isWhole()) {
      textMissing.inc();
    }
    return whole;
  }

  /** Writes the document if it is to be written now, sets its next timer, and puts it back. */
  private void store(DocumentKey key, DocumentRow row, Assembly known, Assembly assembly)
      throws Exception {
    if (assembly == known) {
      return;
    }
    Assembly after = assembly;
    if (!gate.isOpen()) {
      if (restored || known == null || !known.dirty()) { // else it has been set
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, gate.momentOf(key));
      }
      after = after.toWrite();
    } else if (after.dirty()) {
      after = write(row, after, writesOfContent);
    } else {
      long due = countsDue(row, after);
      if (due <= now()) {
        after = write(row, after, writesOfCounts);
      } else if (due < after.timer()) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, due);
        after = after.timer(due);
      }
    }
    assemblyState.update(after);
  }

  private long countsDue(DocumentRow row, Assembly assembly) {
    return row == null || !row.isShown() || assembly.waitingSince() == 0
        ? CountPace.NEVER
        : settings
            .countPace()
            .due(
                assembly.counts(),
                assembly.written(),
                assembly.writtenAt(),
                assembly.waitingSince());
  }

  /** Nothing is written before all of it is known; what is missing will come, and write it. */
  private Assembly write(DocumentRow row, Assembly assembly, Counter reason) throws Exception {
    if (row == null) {
      return assembly;
    }
    Assembly whole = assembly.of(row);
    boolean shown = row.isShown();
    if (shown && !(row.isWhole() && whole.author() != null && whole.author().isNamed())) {
      return whole;
    }
    byte[] document = shown ? json.shown(row, whole, vectorOf(row)) : json.hidden(row.document());
    output.collect(reused.replace(new DocumentWrite(row.document(), run.nextVersion(), document)));
    reason.inc();
    return shown ? whole.written(now()) : whole.hidden();
  }

  private void forgetLater(long from) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, from + settings.retention());
  }

  @Override
  public void onEventTime(InternalTimer<DocumentKey, VoidNamespace> timer) throws Exception {
    Assembly known = assemblyState.value();
    if (known == null) {
      return;
    }
    DocumentRow row = rowState.value();
    boolean gone = isGone(timer.getKey(), row);
    if (!gate.isOpen()) {
      if (known.dirty() || gone) { // its moment of an earlier run
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, gate.momentOf(timer.getKey()));
      }
      return;
    }
    long since = gone ? silentSince(row, known) : 0;
    boolean over = gone && since + settings.retention() <= timer.getTimestamp();
    if (over && !comesAgain(row, known)) {
      forget(row);
      return;
    }
    if (known.dirty()) {
      assemblyState.update(write(row, known, writesOfContent));
    }
    if (gone) {
      forgetLater(over ? timer.getTimestamp() : since);
    }
  }

  /** Since when a document is gone, and nothing has come that may be of a row to come. */
  private long silentSince(DocumentRow row, Assembly known) throws Exception {
    boolean hasVector = vectorState != null && vectorState.value() != null;
    return known.silentSince(row == null ? gate.start() : row.changedAt(), hasVector);
  }

  /** Of events, any may be the first that comes, and finds what was counted until then. */
  private boolean isGone(DocumentKey document, DocumentRow row) {
    return row == null ? settings.mode().usesRows(document.type()) : !row.exists();
  }

  /** Whether a later row makes somebody the author, whose snapshot was faster. */
  private boolean comesAgain(DocumentRow row, Assembly known) {
    return row != null && known.awaits(row, generations.complete(row.document().type().table()));
  }

  private void forget(DocumentRow row) throws Exception {
    if (row != null) {
      output.collect(reused.replace(new DocumentWrite(row.document(), run.nextVersion(), null)));
    }
    rowState.clear();
    assemblyState.clear();
    if (vectorState != null) {
      vectorState.clear();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<DocumentKey, VoidNamespace> timer) throws Exception {
    Assembly known = assemblyState.value();
    if (known != null) {
      store(timer.getKey(), rowState.value(), known, known.timer(CountPace.NEVER));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    replay.rows(now());
    generations.advance(watermark, this::drop);
    gate.advance(watermark);
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    if (gate.isPassed()) {
      output.emitWatermark(mark);
    }
  }

  /**
   * Rows that only older generations knew are gone: every row is looked at, before the watermark
   * that promises it goes on. Rare (a new snapshot, a TRUNCATE), and as long as reading the state.
   */
  private void drop(CdcTable table, long generation) throws Exception {
    long since = Math.max(watermark, gate.start());
    this.<DocumentKey>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            ROW,
            (key, found) -> {
              DocumentRow row = found.value();
              if (key.type().table() == table
                  && row.exists()
                  && row.version().generation() < generation) {
                DocumentRow gone = DocumentRow.gone(key, since);
                found.update(gone);
                forgetLater(gone.changedAt());
                Assembly known = assemblyState.value();
                store(key, gone, known, known.toWrite());
              }
            });
  }

  private void writeAllDirty() throws Exception {
    this.<DocumentKey>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            ASSEMBLY,
            (key, found) -> {
              Assembly known = found.value();
              if (known.dirty()) {
                assemblyState.update(write(rowState.value(), known, writesOfContent));
              }
            });
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
