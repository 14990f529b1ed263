package com.shareuptime.streams.counters.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CountValues;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.Reading;

/**
 * Reads {@code {"job": "counters", "action": "refresh", "target": "post", "target_id": 42}}: write
 * this target again from state; with {@code "action": "correct", "if_version": 7, "truth":
 * {"likes": 5, "comments": 2, "shares": 0}, "found": {…}}: what the tables say, unless what was
 * written as that version, which {@code found} tells, has changed since. Where the tables have no
 * row of the target, {@code truth} is null.
 */
public final class ParseCounterControl extends ControlFunction<TruthChange> {
  private static final long serialVersionUID = 1L;

  /**
   * @param job whose messages are read
   */
  public ParseCounterControl(String job) {
    super(job);
  }

  @Override
  protected void act(JsonNode message, Reading<TruthChange> reading) {
    String action = message.path("action").asText();
    reading.collect(
        switch (action) {
          case "refresh" -> new Refresh(target(message));
          case "correct" -> correction(message);
          default ->
              throw new IllegalArgumentException(
                  "action '" + action + "' is not 'refresh' or 'correct'");
        });
  }

  private static Correction correction(JsonNode message) {
    JsonNode truth = message.path("truth");
    JsonNode found = message.path("found");
    return new Correction(
        target(message),
        number(message, "if_version"),
        truth.isNull() ? null : counts(truth),
        found.isObject() ? counts(found) : null);
  }

  private static CountValues counts(JsonNode object) {
    return new CountValues(
        number(object, "likes"), number(object, "comments"), number(object, "shares"));
  }

  private static long number(JsonNode object, String field) {
    JsonNode number = object.path(field);
    if (!number.canConvertToLong() || number.asLong() < 0) {
      throw new IllegalArgumentException(field + " '" + number + "' is not a number, 0 or more");
    }
    return number.asLong();
  }

  private static CounterTarget target(JsonNode message) {
    String type = message.path("target").asText();
    for (CounterTarget.Type known : CounterTarget.Type.values()) {
      if (known.text().equals(type)) {
        return new CounterTarget(known, message.path("target_id").asLong());
      }
    }
    throw new IllegalArgumentException("target '" + type + "' is not post or reel");
  }
}
