package com.shareuptime.streams.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.shareuptime.streams.deadletter.DeadLetter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads records that anybody may have written. A record takes effect as a whole, or it is a dead
 * letter with its reason: whatever reading it throws is a fault of its value and never stops the
 * job. What is thrown further on is a fault of the job or of a store, and is not caught here.
 */
public abstract class RecordFunction<I, T> extends ProcessFunction<I, T> {
  private static final long serialVersionUID = 1L;

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetter.TYPE);

  private final String job;
  private final String reason;

  private transient Reading<T> reading;
  private transient Map<String, Counter> deadLetters;

  /**
   * @param job named in dead letters
   * @param reason of dead letters, unless {@link #reason} tells a better one
   */
  protected RecordFunction(String job, String reason) {
    this.job = job;
    this.reason = reason;
  }

  /** The record as it came. */
  protected abstract RawRecord raw(I record);

  /**
   * Reads one record; has no other effect than on {@code reading}.
   *
   * @throws IOException if it cannot be read, with the reason; any runtime exception means the same
   */
  protected abstract void read(I record, Reading<T> reading) throws IOException;

  /** The word by which metrics count records that {@code unreadable} was thrown for. */
  protected String reason(Exception unreadable) {
    return reason;
  }

  /** A dead letter about {@code record}, counted. */
  protected final DeadLetter deadLetter(I record, String why, String detail) {
    counter(why).inc();
    return raw(record).deadLetter(job, why, detail);
  }

  /** Shows the metric of a reason from the start. */
  protected final Counter counter(String why) {
    return deadLetters.computeIfAbsent(
        why,
        name ->
            getRuntimeContext().getMetricGroup().addGroup("reason", name).counter("deadLetters"));
  }

  @Override
  public void open(OpenContext context) {
    reading = new Reading<>();
    deadLetters = new HashMap<>();
    counter(reason);
  }

  @Override
  public void processElement(I record, Context context, Collector<T> out) {
    reading.clear();
    try {
      read(record, reading);
    } catch (IOException | RuntimeException e) {
      context.output(DEAD_LETTERS, deadLetter(record, reason(e), detail(e)));
      return;
    }
    reading.emit(context, out);
  }

  /** What a person needs to know; a parser's own message without the place in its buffer. */
  private static String detail(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
