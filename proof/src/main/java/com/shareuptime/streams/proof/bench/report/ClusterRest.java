package com.shareuptime.streams.proof.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the Flink cluster knows of a job's course. */
public final class ClusterRest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JsonClient flink;

  public ClusterRest(String url) {
    this.flink = new JsonClient("Flink", HttpAddress.of(url), PATIENCE);
  }

  /**
   * When the first subtask of a source began to run, epoch milliseconds: just before it read its
   * first record.
   *
   * @param part of the vertices' names
   */
  public long sourceRunsSince(String job, String part) throws IOException, InterruptedException {
    long first = Long.MAX_VALUE;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      if (!vertex.path("name").asText().contains(part)) {
        continue;
      }
      for (JsonNode task :
          get("/jobs/" + job + "/vertices/" + vertex.path("id").asText()).path("subtasks")) {
        JsonNode spent = task.path("status-duration");
        long before =
            spent.path("CREATED").asLong()
                + spent.path("SCHEDULED").asLong()
                + spent.path("DEPLOYING").asLong()
                + spent.path("INITIALIZING").asLong();
        first = Math.min(first, task.path("start-time").asLong() + before);
      }
    }
    if (first == Long.MAX_VALUE) {
      throw new IOException("Job " + job + " has no source named '" + part + "'");
    }
    return first;
  }

  /** By vertex: its busy and back-pressured time so far, all subtasks together, in ms. */
  public Map<String, String> vertexTimes(String job) throws IOException, InterruptedException {
    Map<String, String> times = new TreeMap<>();
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      JsonNode metrics = vertex.path("metrics");
      times.put(
          vertex.path("name").asText(),
          "busy %d ms, back-pressured %d ms, records in %d, out %d"
              .formatted(
                  metrics.path("accumulated-busy-time").asLong(),
                  metrics.path("accumulated-backpressured-time").asLong(),
                  metrics.path("read-records").asLong(),
                  metrics.path("write-records").asLong()));
    }
    return times;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return flink.ask("GET", "/v1" + path, "");
  }
}
