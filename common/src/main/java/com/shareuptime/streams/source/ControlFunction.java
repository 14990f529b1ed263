package com.shareuptime.streams.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.deadletter.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads messages of the topic {@code pipeline-control} that are for one job; those for others are
 * passed over.
 */
public abstract class ControlFunction<T> extends ProcessFunction<RawRecord, T> {
  private static final long serialVersionUID = 1L;

  /** What the job cannot do. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-control", DeadLetter.TYPE);

  private static final String REASON = "malformed-control";

  private final String job;

  private transient ObjectMapper json;

  /**
   * @param job whose messages are read
   */
  protected ControlFunction(String job) {
    this.job = job;
  }

  /**
   * Does what a message asks.
   *
   * @throws IllegalArgumentException if the job cannot do that, with the reason
   */
  protected abstract void act(JsonNode message, Context context, Collector<T> out);

  @Override
  public void open(OpenContext context) {
    json = new ObjectMapper();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<T> out) {
    try {
      JsonNode message = json.readTree(record.value() == null ? new byte[0] : record.value());
      if (message.path("job").asText().equals(job)) {
        act(message, context, out);
      }
    } catch (IOException | IllegalArgumentException e) {
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }
}
