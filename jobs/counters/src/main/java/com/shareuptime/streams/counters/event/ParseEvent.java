package com.shareuptime.streams.counters.event;

import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.source.RawRecord;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Bytes to events. What cannot be counted leaves by {@link #DEAD_LETTERS} as it came, with its
 * reason; an event too late for its window is counted and leaves there as well.
 */
public final class ParseEvent extends ProcessFunction<RawRecord, CounterEvent> {
  private static final long serialVersionUID = 1L;

  /** Where bad events go. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetter.TYPE);

  private static final String LATE = "late";

  private final String job;
  private final long maxAhead;
  private final long lateness;

  private transient EventParser parser;
  private transient Map<InvalidEvent.Reason, Counter> invalid;
  private transient Counter late;

  /**
   * @param job named in dead letters
   * @param maxAhead milliseconds that an event's time may lie ahead of Kafka's
   * @param lateness milliseconds after which a window is no longer corrected
   */
  public ParseEvent(String job, long maxAhead, long lateness) {
    this.job = job;
    this.maxAhead = maxAhead;
    this.lateness = lateness;
  }

  @Override
  public void open(OpenContext context) {
    parser = new EventParser(maxAhead);
    invalid = new EnumMap<>(InvalidEvent.Reason.class);
    var metrics = getRuntimeContext().getMetricGroup();
    for (InvalidEvent.Reason reason : InvalidEvent.Reason.values()) {
      invalid.put(reason, metrics.addGroup("reason", reason.text()).counter("deadLetters"));
    }
    late = metrics.addGroup("reason", LATE).counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<CounterEvent> out) {
    CounterEvent event;
    try {
      event = parser.parse(record.value(), record.timestamp());
    } catch (InvalidEvent e) {
      invalid.get(e.reason()).inc();
      context.output(DEAD_LETTERS, record.deadLetter(job, e.reason().text(), e.getMessage()));
      return;
    }
    if (event.appendedAt() - event.occurredAt() > lateness) {
      late.inc();
      context.output(
          DEAD_LETTERS,
          record.deadLetter(job, LATE, "counted in the totals, too late for its minute's window"));
    }
    out.collect(event);
  }
}
