package com.shareuptime.streams.feeds.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.source.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads {@code {"job": "feeds", "action": "rebuild", "user_id": 7}}: fill this user's feed again;
 * with {@code author_id} instead: write this author's timeline again. Messages for other jobs are
 * passed over.
 */
public final class ParseControl extends ProcessFunction<RawRecord, ReaderInput> {
  private static final long serialVersionUID = 1L;

  /** Timelines to write again. */
  public static final OutputTag<AuthorInput> AUTHORS =
      new OutputTag<>("control-authors", AuthorInput.TYPE);

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
  public void processElement(RawRecord record, Context context, Collector<ReaderInput> out) {
    try {
      JsonNode message = json.readTree(record.value() == null ? new byte[0] : record.value());
      if (!message.path("job").asText().equals(job)) {
        return;
      }
      String action = message.path("action").asText();
      if (!action.equals("rebuild")) {
        throw new IllegalArgumentException("action '" + action + "' is not 'rebuild'");
      }
      if (message.has("user_id")) {
        out.collect(new ReaderInput.Rebuild(id(message, "user_id")));
      } else {
        context.output(AUTHORS, new AuthorInput.Rewrite(id(message, "author_id")));
      }
    } catch (IOException | IllegalArgumentException e) {
      context.output(DEAD_LETTERS, record.deadLetter(job, REASON, e.getMessage()));
    }
  }

  private static long id(JsonNode message, String field) {
    JsonNode id = message.path(field);
    if (!id.canConvertToLong() || id.asLong() <= 0) {
      throw new IllegalArgumentException(field + " '" + id + "' is not a number above 0");
    }
    return id.asLong();
  }
}
