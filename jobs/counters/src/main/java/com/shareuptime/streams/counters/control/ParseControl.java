package com.shareuptime.streams.counters.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.source.ControlFunction;
import org.apache.flink.util.Collector;

/**
 * Reads {@code {"job": "counters", "action": "refresh", "target": "post", "target_id": 42}}: write
 * this target again from state.
 */
public final class ParseControl extends ControlFunction<TruthChange> {
  private static final long serialVersionUID = 1L;

  /**
   * @param job whose messages are read
   */
  public ParseControl(String job) {
    super(job);
  }

  @Override
  protected void act(JsonNode message, Context context, Collector<TruthChange> out) {
    String action = message.path("action").asText();
    if (!action.equals("refresh")) {
      throw new IllegalArgumentException("action '" + action + "' is not 'refresh'");
    }
    String type = message.path("target").asText();
    for (CounterTarget.Type known : CounterTarget.Type.values()) {
      if (known.text().equals(type)) {
        out.collect(new Refresh(new CounterTarget(known, message.path("target_id").asLong())));
        return;
      }
    }
    throw new IllegalArgumentException("target '" + type + "' is not post or reel");
  }
}
