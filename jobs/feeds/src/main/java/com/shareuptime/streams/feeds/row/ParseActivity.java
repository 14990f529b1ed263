package com.shareuptime.streams.feeds.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.source.IsoTime;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import java.time.DateTimeException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads {@code {"event_id": …, "user_id": 7, "occurred_at"?: …}}. An activity that claims to be
 * later than the broker got it counts from then.
 */
public final class ParseActivity extends ProcessFunction<RawRecord, ReaderInput> {
  private static final long serialVersionUID = 1L;

  /** What cannot be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-activity", DeadLetter.TYPE);

  private static final String REASON = "malformed-activity";

  private final String job;

  private transient ObjectMapper json;
  private transient Counter unreadable;

  /**
   * @param job named in dead letters
   */
  public ParseActivity(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    json = new ObjectMapper();
    unreadable =
        getRuntimeContext().getMetricGroup().addGroup("reason", REASON).counter("deadLetters");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<ReaderInput> out) {
    try {
      JsonNode event = json.readTree(record.value() == null ? new byte[0] : record.value());
      JsonNode user = event.path("user_id");
      if (!user.canConvertToLong() || user.asLong() <= 0) {
        throw new IllegalArgumentException("user_id '" + user + "' is not a number above 0");
      }
      long time = Math.min(record.timestamp(), time(event.path("occurred_at"), record));
      out.collect(new ReaderInput.Activity(user.asLong(), time));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }

  private static long time(JsonNode occurredAt, RawRecord record) {
    if (occurredAt.isMissingNode() || occurredAt.isNull()) {
      return record.timestamp();
    }
    return occurredAt.isIntegralNumber()
        ? occurredAt.asLong()
        : IsoTime.parseMillis(occurredAt.asText());
  }
}
