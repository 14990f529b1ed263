package com.shareuptime.streams.embed.vector;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.vector.DocumentVector;
import com.shareuptime.streams.vector.TextHash;
import com.shareuptime.streams.version.StateAge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
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

/**
 * Computes the vector of each text that the topic of vectors does not have by the same model. What
 * waits for its vector is in keyed state, so that a checkpoint takes it along and waits for one
 * batch at most.
 *
 * <p>The second input is what the topic had at the start, and ends there: until then nothing is
 * computed, so that a start without state computes nothing twice. That it has ended is kept in
 * state, for a restored source of the Kafka connector never says so. A job that failed before the
 * end takes it to be there when nothing more has come for some seconds; what it then misses is
 * computed twice, and right.
 *
 * <p>What the topic has of a document is known from state, and not trusted once a text has been
 * replaced before its vector was written: a run that failed may have written that.
 *
 * <p>The watermark is held back while texts wait.
 */
public final class Vectors extends AbstractStreamOperator<DocumentVector>
    implements TwoInputStreamOperator<TextRow, KnownVector, DocumentVector>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** About 60 bytes a document, and the text while it waits; cleared some time after a delete. */
  private static final ValueStateDescriptor<TextState> TEXT =
      new ValueStateDescriptor<>("text", TextState.TYPE);

  /** Whether each subtask has seen the end of the topic. */
  private static final ListStateDescriptor<Boolean> TOPIC_READ =
      new ListStateDescriptor<>("topic-read", Types.BOOLEAN);

  private static final long PATIENCE_MILLIS = 10_000;

  private static final int LATENCIES = 200;

  private final VectorSettings settings;
  private final IdKinds kinds;

  private transient ValueState<TextState> textState;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient MiniLm model;
  private transient StreamRecord<DocumentVector> reused;
  private transient ArrayDeque<String> queue;
  private transient Watermark held;
  private transient boolean topicRead;
  private transient boolean restored;
  private transient long lastKnown;
  private transient boolean turnComes;
  private transient Counter embedded;
  private transient Counter unchanged;
  private transient Counter removed;
  private transient Counter stale;
  private transient Counter textMissing;
  private transient Histogram batchSize;
  private transient Histogram batchMillis;

  public Vectors(VectorSettings settings, IdKinds kinds) {
    this.settings = settings;
    this.kinds = kinds;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    StateAge.require(
        context.getOperatorStateStore(),
        getProcessingTimeService().getCurrentProcessingTime(),
        Duration.ofMillis(settings.maxStateAge()));
    restored = context.isRestored();
    var read = context.getOperatorStateStore().getUnionListState(TOPIC_READ).get().iterator();
    topicRead = read.hasNext();
    while (read.hasNext()) {
      topicRead &= read.next();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    textState = getRuntimeContext().getState(TEXT);
    timers = getInternalTimerService("deleted", VoidNamespaceSerializer.INSTANCE, this);
    model = new MiniLm(settings.threads());
    reused = new StreamRecord<>(null);
    queue = new ArrayDeque<>();
    embedded = getMetricGroup().counter("embedded");
    unchanged = getMetricGroup().counter("unchanged");
    removed = getMetricGroup().counter("removed");
    stale = getMetricGroup().counter("staleRows");
    textMissing = getMetricGroup().counter("textMissing");
    batchSize = histogram("batchSize");
    batchMillis = histogram("batchMillis");
    getMetricGroup().gauge("queue", () -> queue.size());
    lastKnown = getProcessingTimeService().getCurrentProcessingTime();
    if (topicRead) {
      queueWhatWaits();
      super.processWatermark2(Watermark.MAX_WATERMARK);
    } else if (restored) {
      endTopicAfterSilence();
    }
  }

  private Histogram histogram(String name) {
    return getMetricGroup().histogram(name, new DescriptiveStatisticsHistogram(LATENCIES));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    StateAge.note(getOperatorStateBackend(), getProcessingTimeService().getCurrentProcessingTime());
    getOperatorStateBackend().getUnionListState(TOPIC_READ).update(List.of(topicRead));
  }

  @Override
  public void processElement1(StreamRecord<TextRow> element) throws Exception {
    TextRow row = element.getValue();
    TextState known = textState.value();
    TextState before = known == null ? TextState.EMPTY : known;
    if (before.isNewerThan(row.version())) {
      stale.inc();
      return;
    }
    if (row.exists()
        && row.text() == null
        && before.textHash() == null
        && before.waiting() == null) {
      textMissing.inc();
    }
    // a first run has no other before it, and takes what the topic has for true until it writes
    TextState after = restored || topicRead ? before.replaced(row) : before.changed(row);
    if (after.goneSince() > 0) {
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, after.goneSince() + settings.retention());
    }
    if (!topicRead) {
      textState.update(after);
    } else if (after.isDone(MiniLm.model())) {
      unchanged.inc();
      textState.update(after.done());
    } else {
      textState.update(after);
      queue.add(row.document());
      if (queue.size() >= settings.batch()) {
        computeBatch(); // also when more wait: so input is held back to what can be computed
      } else {
        computeIn(settings.linger());
      }
    }
  }

  @Override
  public void processElement2(StreamRecord<KnownVector> element) throws Exception {
    lastKnown = getProcessingTimeService().getCurrentProcessingTime();
    if (topicRead) {
      return; // what is in state is newer
    }
    TextState known = textState.value();
    textState.update((known == null ? TextState.EMPTY : known).found(element.getValue()));
  }

  @Override
  public void processWatermark2(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      endTopic();
    }
  }

  private void endTopic() throws Exception {
    if (!topicRead) {
      topicRead = true;
      queueWhatWaits();
      super.processWatermark2(Watermark.MAX_WATERMARK);
    }
  }

  private void endTopicAfterSilence() {
    long end = lastKnown + PATIENCE_MILLIS;
    getProcessingTimeService()
        .registerTimer(
            end,
            now -> {
              if (lastKnown + PATIENCE_MILLIS <= now) {
                endTopic();
              } else {
                endTopicAfterSilence();
              }
            });
  }

  private void queueWhatWaits() throws Exception {
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            TEXT,
            (key, state) -> {
              if (state.value().waiting() != null) {
                queue.add(key);
              }
            });
    computeIn(0);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    getTimeServiceManager().orElseThrow().advanceWatermark(mark);
    held = mark;
    passOn();
  }

  private void passOn() {
    if (held != null && topicRead && queue.isEmpty()) {
      output.emitWatermark(held);
      held = null;
    }
  }

  private void computeIn(long millis) {
    if (!turnComes && !queue.isEmpty()) {
      turnComes = true;
      var time = getProcessingTimeService();
      time.registerTimer(
          time.getCurrentProcessingTime() + millis,
          now -> {
            turnComes = false;
            computeBatch();
            computeIn(0); // by turns, so that input and checkpoints come between
          });
    }
  }

  private void computeBatch() throws Exception {
    List<String> documents = new ArrayList<>(settings.batch());
    List<String> texts = new ArrayList<>(settings.batch());
    while (texts.size() < settings.batch() && !queue.isEmpty()) {
      String document = queue.poll();
      setCurrentKey(document);
      TextState state = textState.value();
      if (state == null || state.waiting() == null) {
        continue; // queued twice, for the newest text
      }
      if (state.isDone(MiniLm.model())) {
        unchanged.inc();
        textState.update(state.done());
      } else if (state.waiting().isEmpty()) {
        textState.update(state.written(null, null));
        emit(document, null, null, state);
        removed.inc();
      } else if (!documents.contains(document)) {
        documents.add(document);
        texts.add(state.waiting());
      }
    }
    if (!texts.isEmpty()) {
      long begin = System.nanoTime();
      List<float[]> vectors = model.embed(texts);
      batchMillis.update((System.nanoTime() - begin) / 1_000_000);
      batchSize.update(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        String document = documents.get(i);
        setCurrentKey(document);
        TextState state = textState.value();
        String hash = TextHash.of(texts.get(i));
        textState.update(state.written(hash, MiniLm.model()));
        emit(document, hash, vectors.get(i), state);
        embedded.inc();
      }
    }
    passOn();
  }

  private void emit(String document, String hash, float[] vector, TextState state) {
    int colon = document.indexOf(':'); // the first: an id may have others
    String target = document.substring(0, colon);
    Target.Type type = Target.Type.of(target);
    Id id = kinds.of(type).parse(document.substring(colon + 1));
    output.collect(
        reused.replace(
            vector == null
                ? DocumentVector.none(target, id)
                : new DocumentVector(target, id, hash, MiniLm.model(), vector, state.version())));
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    TextState state = textState.value();
    if (state == null
        || state.goneSince() == 0
        || state.goneSince() + settings.retention() > timer.getTimestamp()) {
      return;
    }
    if (state.waiting() == null) {
      textState.clear();
    } else {
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, timer.getTimestamp() + settings.retention());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    // none is registered
  }

  @Override
  public void finish() throws Exception {
    while (topicRead && !queue.isEmpty()) {
      computeBatch();
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (model != null) {
      model.close();
    }
    super.close();
  }
}
