package com.shareuptime.streams.counters.event;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.event.InvalidEvent.Reason;
import com.shareuptime.streams.source.MessageFunction;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.source.Reading;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;

/**
 * Bytes to events. What cannot be counted leaves by {@link #DEAD_LETTERS} as it came, with its
 * reason; an event too late for its window is counted and leaves there as well.
 */
public final class ParseEvent extends MessageFunction<CounterEvent> {
  private static final long serialVersionUID = 1L;

  private static final String LATE = "late";
  private static final long MINUTE = 60_000;

  private final long maxAhead;
  private final long lateness;
  private final IdKinds kinds;

  private transient EventParser parser;

  /**
   * @param job named in dead letters
   * @param maxAhead milliseconds that an event's time may lie ahead of Kafka's
   * @param lateness milliseconds after its end during which a minute is corrected
   * @param kinds of ids
   */
  public ParseEvent(String job, long maxAhead, long lateness, IdKinds kinds) {
    super(job, Reason.MALFORMED_JSON.text());
    this.maxAhead = maxAhead;
    this.lateness = lateness;
    this.kinds = kinds;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new EventParser(maxAhead, kinds);
    for (Reason reason : Reason.values()) {
      counter(reason.text());
    }
    counter(LATE);
  }

  @Override
  protected void read(RawRecord record, Reading<CounterEvent> reading) throws IOException {
    CounterEvent event = parser.parse(record.value(), record.timestamp());
    if (event.appendedAt() < closesAt(event.occurredAt())) {
      reading.collect(event);
      return;
    }
    reading.collect(event.asLate());
    reading.output(
        DEAD_LETTERS,
        deadLetter(record, LATE, "counted in the totals, too late for its minute's window"));
  }

  @Override
  protected String reason(Exception unreadable) {
    return unreadable instanceof InvalidEvent invalid
        ? invalid.reason().text()
        : super.reason(unreadable);
  }

  /**
   * When the minute of {@code time} is closed, whether or not the operator of minutes knows yet.
   */
  private long closesAt(long time) {
    return Math.floorDiv(time, MINUTE) * MINUTE + MINUTE + lateness;
  }
}
