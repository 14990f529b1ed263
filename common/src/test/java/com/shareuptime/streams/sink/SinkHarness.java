package com.shareuptime.streams.sink;

import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.deadletter.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** A subtask of a sink under test: Flink's harness, whose clock and mailbox are turned by hand. */
public final class SinkHarness implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final OneInputStreamOperatorTestHarness<Item, DeadLetter> harness;
  private long now;

  public SinkHarness(BatchWriter<Item> writer, SinkOptions options, OperatorSubtaskState restored)
      throws Exception {
    this(new CoalescingSink<>(Item::key, Item::version, writer, options), restored);
  }

  SinkHarness(CoalescingSink<?, Item> sink, OperatorSubtaskState restored) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new CoalescingSinkOperatorFactory<>(sink, Item.TYPE), new Item.Serializer());
    harness.setup();
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  public static SinkOptions options() {
    return new SinkOptions(
        "test",
        "test.surface",
        INTERVAL,
        10,
        1000,
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        false);
  }

  public void put(String key, long version, long value) throws Exception {
    harness.processElement(new StreamRecord<>(new Item(key, version, value)));
  }

  public void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  void status(WatermarkStatus status) throws Exception {
    harness.processWatermarkStatus(status);
  }

  /** Lets one interval pass, so that what was gathered goes to the writer. */
  public void passInterval() throws Exception {
    now += INTERVAL.toMillis();
    harness.setProcessingTime(now);
    runMail();
  }

  public void runMail() throws Exception {
    for (var mail = next(); mail.isPresent(); mail = next()) {
      mail.get().run();
    }
  }

  private Optional<Mail> next() {
    return harness.getTaskMailbox().tryTake(-1);
  }

  /** Lets intervals pass until {@code condition} holds. */
  public void passUntil(Callable<Boolean> condition) {
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              passInterval();
              return condition.call();
            });
  }

  public OperatorSubtaskState snapshot() throws Exception {
    harness.getOperator().prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, now);
  }

  public List<Long> watermarks() {
    return harness.getOutput().stream()
        .filter(Watermark.class::isInstance)
        .map(mark -> ((Watermark) mark).getTimestamp())
        .toList();
  }

  long lastWatermark() {
    List<Long> all = watermarks();
    return all.isEmpty() ? Long.MIN_VALUE : all.get(all.size() - 1);
  }

  List<WatermarkStatus> statuses() {
    return harness.getOutput().stream()
        .filter(WatermarkStatus.class::isInstance)
        .map(WatermarkStatus.class::cast)
        .toList();
  }

  @SuppressWarnings("unchecked") // the operator puts out nothing else
  List<DeadLetter> deadLetters() {
    return harness.getOutput().stream()
        .filter(StreamRecord.class::isInstance)
        .map(record -> ((StreamRecord<DeadLetter>) record).getValue())
        .toList();
  }

  /** The end of the input: waits until all is written. */
  public void finish() throws Exception {
    harness.getOperator().finish();
  }

  /** As a cancelled or failed task ends: nothing more is written. */
  @Override
  public void close() throws Exception {
    harness.getOperator().close();
  }
}
