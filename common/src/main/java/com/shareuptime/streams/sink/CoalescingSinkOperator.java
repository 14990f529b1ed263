package com.shareuptime.streams.sink;

import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.sink.BatchWriter.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Writes the newest value of each key, and lets a watermark through only when all that came before
 * it is written. The task's thread never waits for the server: what is unsent goes into the
 * checkpoint. See {@link CoalescingSink}.
 */
final class CoalescingSinkOperator<K, T> extends AbstractStreamOperator<DeadLetter>
    implements OneInputStreamOperator<T, DeadLetter> {
  private static final long serialVersionUID = 1;

  /**
   * Values taken and not yet written, at most {@code maxPendingKeys}; replaced at every checkpoint.
   */
  private static final String UNSENT = "unsent";

  /** What the server has confirmed to each subtask: few numbers, replaced at every checkpoint. */
  private static final ListStateDescriptor<StoreMark> MARKS =
      new ListStateDescriptor<>("store-marks", StoreMark.TYPE);

  /** Nothing stays hidden longer although no watermark waits for it. */
  private static final int HIDDEN_INTERVALS = 10;

  private final KeySelector<T, K> keyOf;
  private final VersionOf<T> versionOf;
  private final BatchWriter<T> writer;
  private final SinkOptions options;
  private final Condenser<T> condenser;
  private final TypeInformation<T> type;
  private final transient MailboxExecutor mailbox;

  private transient TypeSerializer<T> serializer;
  private transient boolean copies;
  private transient ListState<T> unsent;
  private transient ListState<StoreMark> marks;
  private transient PendingBuffer<K, T> buffer;
  private transient SinkMetrics sinkMetrics;
  private transient BatchFlusher<T> flusher;
  private transient boolean timerSet;
  private transient boolean flushDue;
  private transient boolean idleHeld;
  private transient boolean publishes;
  private transient boolean publishesAll;
  private transient int hiddenIntervals;
  private transient int writtenAtBarrier;

  CoalescingSinkOperator(
      CoalescingSink<K, T> sink, TypeInformation<T> type, MailboxExecutor mailbox) {
    this.keyOf = sink.keyOf();
    this.versionOf = sink.versionOf();
    this.writer = sink.writer();
    this.options = sink.options();
    this.condenser = sink.condenser();
    this.type = type;
    this.mailbox = mailbox;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    serializer = type.createSerializer(getExecutionConfig().getSerializerConfig());
    copies = getExecutionConfig().isObjectReuseEnabled();
    unsent =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>(UNSENT, serializer));
    marks = context.getOperatorStateStore().getUnionListState(MARKS);
    List<StoreMark> restored = new ArrayList<>();
    marks.get().forEach(restored::add);
    writer.restore(restored);
    buffer = new PendingBuffer<>(versionOf);
    for (T value : unsent.get()) {
      buffer.add(keyOf.getKey(value), value);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    sinkMetrics = new SinkMetrics(getMetricGroup());
    writer.assign(task());
    writer.open(getMetricGroup());
    flusher = new BatchFlusher<>(writer, options, sinkMetrics);
    flusher.onOutage(() -> mailbox.execute(() -> {}, "outage of %s", options.surface()));
    if (writer.hidesUntilPublished() || writer.lacksWrites()) {
      buffer.hide(); // what was written before a restart
    }
    if (!buffer.isEmpty()) {
      setTimer();
    }
    if (writer.idleCheckMillis() > 0) {
      setIdleCheck();
    }
    updatePending();
  }

  private SinkTask task() {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    int subtask = task.getIndexOfThisSubtask();
    return new SinkTask(
        subtask,
        task.getNumberOfParallelSubtasks(),
        new AttemptRegister(
            getContainingTask().getEnvironment().getGlobalAggregateManager(),
            "writer %d of %s".formatted(subtask, options.surface()),
            task.getAttemptNumber()));
  }

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    T value = copies ? serializer.copy(element.getValue()) : element.getValue();
    if (buffer.add(keyOf.getKey(value), value)) {
      sinkMetrics.coalesced();
    }
    if (buffer.gathered() >= options.batchSize()) {
      flush();
    } else {
      setTimer();
    }
    updatePending();
    if (mayCondense() && buffer.gathered() > options.maxPendingKeys() / 2) {
      condense();
    }
    while (buffer.pending(flusher.written()) > options.maxPendingKeys() && !mayCondense()) {
      mailbox.yield();
    }
  }

  /** In an outage; what the writer has in hand stays as it is, and is at most as much again. */
  private boolean mayCondense() {
    return condenser != null && flusher.isFailing();
  }

  private void condense() throws Exception {
    List<T> gathering = buffer.gathering();
    Map<K, T> condensed = new LinkedHashMap<>();
    for (T value : condenser.condense(gathering)) {
      condensed.put(keyOf.getKey(value), value);
    }
    buffer.replaceGathering(condensed);
    sinkMetrics.condensed(gathering.size() - condensed.size());
    updatePending();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (writer.lacksWrites()) {
      buffer.hide();
      setTimer();
    }
    if (buffer.markIsDue(mark.getTimestamp())) {
      super.processWatermark(mark);
    }
  }

  /** Idleness lets others' watermarks pass: it too must wait for what is unwritten here. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle() && (!buffer.isEmpty() || writer.lacksWrites())) {
      idleHeld = true;
    } else if (status.isActive() && idleHeld) {
      idleHeld = false;
    } else {
      super.processWatermarkStatus(status);
    }
  }

  private void setTimer() {
    if (!timerSet) {
      timerSet = true;
      var time = getProcessingTimeService();
      time.registerTimer(
          time.getCurrentProcessingTime() + options.interval().toMillis(),
          now -> {
            timerSet = false;
            flushDue = true;
            flush();
          });
    }
  }

  private void setIdleCheck() {
    var time = getProcessingTimeService();
    time.registerTimer(
        time.getCurrentProcessingTime() + writer.idleCheckMillis(),
        now -> {
          if (buffer.isEmpty() && !flusher.busy()) {
            start(true);
          }
          setIdleCheck();
        });
  }

  private void flush() {
    if (!flusher.busy()) {
      boolean visible = !writer.hidesUntilPublished() || flushDue && mustPublish();
      flushDue = false;
      if (buffer.drain() || visible && !buffer.isPublished()) {
        start(visible);
      } else if (!buffer.isPublished()) {
        setTimer();
      }
    }
  }

  private boolean mustPublish() {
    return buffer.isMarked() || idleHeld || publishesAll || ++hiddenIntervals >= HIDDEN_INTERVALS;
  }

  private void start(boolean visible) {
    publishes = visible;
    hiddenIntervals = visible ? 0 : hiddenIntervals;
    flusher.start(buffer.draining(), visible, this::wake);
  }

  /** On the writer's thread. */
  private void wake(Throwable failure) {
    mailbox.execute(() -> written(failure), "written to %s", options.surface());
  }

  private void written(Throwable failure) throws Exception {
    if (failure != null) {
      throw new IllegalStateException("the writer of " + options.surface() + " broke", failure);
    }
    emitRejections();
    flusher.finished();
    long due = buffer.drained(publishes && !writer.lacksWrites());
    if (due != PendingBuffer.NONE) {
      super.processWatermark(new Watermark(due));
    }
    if (buffer.isEmpty() && idleHeld) {
      idleHeld = false;
      super.processWatermarkStatus(WatermarkStatus.IDLE);
    }
    if (flushDue || buffer.gathered() >= options.batchSize()) {
      flush();
    }
    if (!buffer.isPublished()) {
      setTimer();
    }
    updatePending();
  }

  private void emitRejections() {
    for (Rejection<T> rejection : flusher.takeRejections()) {
      sinkMetrics.rejected();
      output.collect(
          new StreamRecord<>(
              new DeadLetter(
                  rejection.value().toString().getBytes(StandardCharsets.UTF_8),
                  null,
                  "rejected-by-sink",
                  options.job(),
                  options.surface(),
                  DeadLetter.NOWHERE,
                  DeadLetter.NOWHERE,
                  System.currentTimeMillis(),
                  rejection.detail())));
    }
  }

  private void updatePending() {
    sinkMetrics.pending(buffer.pending(flusher.written()));
  }

  /**
   * A value leaves the state only with its dead letter already before the barrier: hence the order
   * of the two.
   */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    if (options.drainsAtCheckpoints()) {
      drain(true);
    }
    writtenAtBarrier = flusher.written();
    emitRejections();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<T> rest = buffer.unsent(writtenAtBarrier);
    unsent.update(condenser == null || rest.isEmpty() ? rest : condenser.condense(rest));
    marks.update(writer.marks()); // after: what is not among the unsent is in them
  }

  @Override
  public void finish() throws Exception {
    drain(false);
    super.finish();
  }

  /** Watermarks that the server's own loss holds back are not waited for. */
  private boolean isDrained() {
    return writer.lacksWrites() ? buffer.isWritten() : buffer.isEmpty();
  }

  /**
   * @param unlessAway whether to leave what can be condensed while the server is away
   */
  private void drain(boolean unlessAway) throws Exception {
    publishesAll = true;
    while (!isDrained() && !(unlessAway && mayCondense())) {
      flushDue = true;
      flush();
      mailbox.yield();
    }
    publishesAll = false;
  }

  @Override
  public void close() throws Exception {
    if (flusher != null) {
      flusher.close();
    }
    super.close();
  }
}
