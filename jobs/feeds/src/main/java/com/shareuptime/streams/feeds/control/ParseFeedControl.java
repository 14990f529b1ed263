package com.shareuptime.streams.feeds.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.ControlIds;
import com.shareuptime.streams.source.Reading;
import org.apache.flink.util.OutputTag;

/**
 * Reads {@code {"job": "feeds", "action": "rebuild", "user_id": 7}}: fill this user's feed again;
 * with {@code author_id} instead: write this author's timeline again.
 */
public final class ParseFeedControl extends ControlFunction<ReaderInput> {
  private static final long serialVersionUID = 1L;

  /** Timelines to write again. */
  public static final OutputTag<AuthorInput> AUTHORS =
      new OutputTag<>("control-authors", AuthorInput.TYPE);

  /**
   * @param job whose messages are read
   */
  public ParseFeedControl(String job) {
    super(job);
  }

  @Override
  protected void act(JsonNode message, Reading<ReaderInput> reading) {
    String action = message.path("action").asText();
    if (!action.equals("rebuild")) {
      throw new IllegalArgumentException("action '" + action + "' is not 'rebuild'");
    }
    if (message.has("user_id")) {
      reading.collect(new ReaderInput.Rebuild(ControlIds.id(message, "user_id")));
    } else {
      reading.output(AUTHORS, new AuthorInput.Rewrite(ControlIds.id(message, "author_id")));
    }
  }
}
