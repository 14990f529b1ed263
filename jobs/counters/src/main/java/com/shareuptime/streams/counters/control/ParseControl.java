package com.shareuptime.streams.counters.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads {@code {"job": "counters", "action": "refresh", "target": "post", "target_id": 42}}: write
 * this target again from state. Messages for other jobs are passed over.
 */
public final class ParseControl extends ProcessFunction<RawRecord, TruthChange> {
  private static final long serialVersionUID = 1L;

  /** What this job cannot do. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-control", DeadLetter.TYPE);

  private static final String REASON = "malformed-control";

  private final String job;

  private transient ObjectMapper json;

  /**
   * @param job whose messages are read
   */
  public ParseControl(String job) {
    this.job = job;
  }

  @Override
  public void open(OpenContext context) {
    json = new ObjectMapper();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<TruthChange> out) {
    try {
      JsonNode message = json.readTree(record.value() == null ? new byte[0] : record.value());
      if (message.path("job").asText().equals(job)) {
        out.collect(refresh(message));
      }
    } catch (IOException | IllegalArgumentException e) {
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }

  private static Refresh refresh(JsonNode message) {
    String action = message.path("action").asText();
    if (!action.equals("refresh")) {
      throw new IllegalArgumentException("action '" + action + "' is not 'refresh'");
    }
    String type = message.path("target").asText();
    for (CounterTarget.Type known : CounterTarget.Type.values()) {
      if (known.text().equals(type)) {
        return new Refresh(new CounterTarget(known, message.path("target_id").asLong()));
      }
    }
    throw new IllegalArgumentException("target '" + type + "' is not post or reel");
  }
}
