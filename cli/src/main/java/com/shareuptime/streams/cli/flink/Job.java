package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A job as the cluster's overview shows it; times in epoch milliseconds. */
public record Job(
    String id, String name, String state, int tasks, int runningTasks, long startedAt) {
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  static Job of(JsonNode node) {
    return new Job(
        node.path("jid").asText(),
        node.path("name").asText(),
        node.path("state").asText(),
        node.path("tasks").path("total").asInt(),
        // a source that has read all it had to is as well as one that still reads
        node.path("tasks").path("running").asInt() + node.path("tasks").path("finished").asInt(),
        node.path("start-time").asLong());
  }

  public boolean hasEnded() {
    return ENDED.contains(state);
  }

  /** All its tasks run, which the state alone does not say. */
  public boolean isRunning() {
    return state.equals("RUNNING") && tasks > 0 && tasks == runningTasks;
  }
}
