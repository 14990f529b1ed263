package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Flink cluster, over REST. Every failure says which request went where, and why. */
public final class FlinkClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  public FlinkClient(String url) {
    this.url = url.replaceAll("/+$", "");
  }

  public String url() {
    return url;
  }

  /** All jobs that the cluster remembers, the newest first. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    get("/jobs/overview").path("jobs").forEach(node -> jobs.add(Job.of(node)));
    jobs.sort((a, b) -> Long.compare(b.startedAt(), a.startedAt()));
    return jobs;
  }

  /** The job of that name that has not ended. */
  public Optional<Job> active(String name) {
    return jobs().stream().filter(job -> job.name().equals(name) && !job.hasEnded()).findFirst();
  }

  /** Slots in which no task runs. */
  public int freeSlots() {
    return get("/overview").path("slots-available").asInt();
  }

  /** The names of its tasks, of chained operators one. */
  public List<String> operators(String job) {
    List<String> names = new ArrayList<>();
    get("/jobs/" + job).path("vertices").forEach(one -> names.add(one.path("name").asText()));
    return names;
  }

  /** How many slots of each task manager are taken, by its resource id. */
  public Map<String, Integer> takenSlots() {
    Map<String, Integer> taken = new HashMap<>();
    for (JsonNode one : get("/taskmanagers").path("taskmanagers")) {
      taken.put(
          one.path("id").asText(), one.path("slotsNumber").asInt() - one.path("freeSlots").asInt());
    }
    return taken;
  }

  /** How wide the job runs. */
  public int parallelism(String job) {
    int widest = 1;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      widest = Math.max(widest, vertex.path("parallelism").asInt());
    }
    return widest;
  }

  public Job job(String id) {
    return jobs().stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "Job " + id + " is not known to " + url + ".", "See: ./streams status"));
  }

  /** Uploads a jar; the answer names it for {@link #run} and {@link #deleteJar}. */
  public String upload(Path jar) throws IOException {
    Multipart body = Multipart.ofJar(jar);
    JsonNode answer =
        send(
            "POST",
            "/jars/upload",
            request("/jars/upload")
                .header("Content-Type", body.contentType())
                .POST(body.publisher())
                .build());
    String file = answer.path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  public void deleteJar(String jar) {
    send("DELETE", "/jars/" + jar, request("/jars/" + jar).DELETE().build());
  }

  /** Runs the jar's main class; returns the job's id. */
  public String run(String jar, JobStart start) {
    return post("/jars/" + jar + "/run", start.toJson(JSON)).path("jobid").asText();
  }

  public void cancel(String job) {
    String path = "/jobs/" + job + "?mode=cancel";
    send("PATCH", path, request(path).method("PATCH", HttpRequest.BodyPublishers.noBody()).build());
  }

  /** Starts a savepoint and returns its trigger for {@link #savepointResult}. */
  public String triggerSavepoint(String job) {
    ObjectNode body = JSON.createObjectNode().put("cancel-job", false);
    return post("/jobs/" + job + "/savepoints", body).path("request-id").asText();
  }

  /** The same, and the job ends with it. */
  public String triggerStop(String job) {
    ObjectNode body = JSON.createObjectNode().put("drain", false);
    return post("/jobs/" + job + "/stop", body).path("request-id").asText();
  }

  /** Where the savepoint is, once it is complete. */
  public Optional<String> savepointResult(String job, String trigger) {
    JsonNode answer = get("/jobs/" + job + "/savepoints/" + trigger);
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return Optional.empty();
    }
    JsonNode operation = answer.path("operation");
    if (operation.has("failure-cause")) {
      throw CommandException.wrong(
          "The savepoint of job "
              + job
              + " failed: "
              + RootCause.of(operation.path("failure-cause")),
          "See the job's exceptions: " + url + "/#/job/running/" + job + "/exceptions");
    }
    return Optional.of(operation.path("location").asText());
  }

  /** The newest complete checkpoint or savepoint that the cluster remembers of the job. */
  public Optional<String> latestCheckpoint(String job) {
    JsonNode latest = get("/jobs/" + job + "/checkpoints").path("latest");
    return List.of(latest.path("completed"), latest.path("savepoint")).stream()
        .filter(checkpoint -> checkpoint.hasNonNull("external_path"))
        .max((a, b) -> Long.compare(a.path("id").asLong(), b.path("id").asLong()))
        .map(checkpoint -> checkpoint.path("external_path").asText());
  }

  /** When the newest complete checkpoint ended, epoch milliseconds. */
  public Optional<Long> latestCheckpointAt(String job) {
    JsonNode at =
        get("/jobs/" + job + "/checkpoints")
            .path("latest")
            .path("completed")
            .path("latest_ack_timestamp");
    return at.isNumber() ? Optional.of(at.asLong()) : Optional.empty();
  }

  /** Why the job failed last; empty if it never did. */
  public Optional<String> lastFailure(String job) {
    JsonNode last = newestException(job);
    return last.isMissingNode()
        ? Optional.empty()
        : Optional.of(RootCause.of(last.path("stacktrace")));
  }

  /** When the job failed last, epoch milliseconds; empty if it never did. */
  public Optional<Long> lastFailureAt(String job) {
    JsonNode at = newestException(job).path("timestamp");
    return at.isNumber() ? Optional.of(at.asLong()) : Optional.empty();
  }

  private JsonNode newestException(String job) {
    return get("/jobs/" + job + "/exceptions?maxExceptions=1")
        .path("exceptionHistory")
        .path("entries")
        .path(0);
  }

  private JsonNode get(String path) {
    return send("GET", path, request(path).GET().build());
  }

  private JsonNode post(String path, ObjectNode body) {
    return send(
        "POST",
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(url + "/v1" + path)).timeout(ANSWER);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "'" + url + "' is not the address of a Flink cluster.",
          "Give one like http://host:8081 with --flink-url.");
    }
  }

  private JsonNode send(String method, String path, HttpRequest request) {
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Flink at " + url + " cannot be reached: " + reason(e) + ".",
          "Start the local stack (./streams up), or check --flink-url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable(
          "Interrupted while talking to " + url + ".", "Try again.", e);
    }
    JsonNode body = parse(answer.body());
    if (answer.statusCode() >= 400) {
      throw FlinkRefusal.of(method + " " + url + path, answer.statusCode(), body);
    }
    return body;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode().put("text", body);
    }
  }
}
