package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.HttpServerException;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One Flink cluster, over REST. Every failure says which request went where, and why. */
public final class FlinkClient {
  private static final String V1 = "/v1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String url;
  private final JsonClient rest;

  public FlinkClient(String url) {
    this.url = url.replaceAll("/+$", "");
    try {
      this.rest = new JsonClient("Flink", HttpAddress.of(this.url), PATIENCE);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "That is not the address of a Flink cluster: " + e.getMessage() + ".",
          "Give one like http://host:8081 with --flink-url.");
    }
  }

  public String url() {
    return url;
  }

  /** Where the web interface shows a job. */
  public String page(String job) {
    return url + "/#/job/running/" + job;
  }

  /** All jobs that the cluster remembers, the newest first. */
  public List<Job> jobs() {
    return children(get("/jobs/overview").path("jobs"))
        .map(Job::of)
        .sorted(Comparator.comparing(Job::startedAt).reversed())
        .toList();
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
    return vertices(job).map(one -> one.path("name").asText()).toList();
  }

  /** How many slots of each task manager are taken, by its resource id. */
  public Map<String, Integer> takenSlots() {
    return children(get("/taskmanagers").path("taskmanagers"))
        .collect(
            Collectors.toMap(
                one -> one.path("id").asText(),
                one -> one.path("slotsNumber").asInt() - one.path("freeSlots").asInt()));
  }

  /** How wide the job runs. */
  public int parallelism(String job) {
    return vertices(job).mapToInt(one -> one.path("parallelism").asInt()).max().orElse(1);
  }

  private Stream<JsonNode> vertices(String job) {
    return children(get("/jobs/" + job).path("vertices"));
  }

  private static Stream<JsonNode> children(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
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
        asking(() -> rest.ask("POST", V1 + "/jars/upload", body.contentType(), body.publisher()));
    String file = answer.path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  public void deleteJar(String jar) {
    JsonNode unused = ask("DELETE", "/jars/" + jar, "");
  }

  /** Runs the jar's main class; returns the job's id. */
  public String run(String jar, JobStart start) {
    return ask("POST", "/jars/" + jar + "/run", start.toJson().toString()).path("jobid").asText();
  }

  public void cancel(String job) {
    JsonNode unused = ask("PATCH", "/jobs/" + job + "?mode=cancel", "");
  }

  /** Starts a savepoint and returns its trigger for {@link #savepointResult}. */
  public String triggerSavepoint(String job) {
    return trigger(job, "savepoints", "{\"cancel-job\":false}");
  }

  /** The same, and the job ends with it. */
  public String triggerStop(String job) {
    return trigger(job, "stop", "{\"drain\":false}");
  }

  private String trigger(String job, String what, String body) {
    return ask("POST", "/jobs/" + job + "/" + what, body).path("request-id").asText();
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
          "See the job's exceptions: " + page(job) + "/exceptions");
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
    return number(
        get("/jobs/" + job + "/checkpoints").at("/latest/completed/latest_ack_timestamp"));
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
    return number(newestException(job).path("timestamp"));
  }

  private static Optional<Long> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.asLong()) : Optional.empty();
  }

  private JsonNode newestException(String job) {
    return get("/jobs/" + job + "/exceptions?maxExceptions=1").at("/exceptionHistory/entries/0");
  }

  private JsonNode get(String path) {
    return ask("GET", path, "");
  }

  private JsonNode ask(String method, String path, String body) {
    return asking(() -> rest.ask(method, V1 + path, body));
  }

  private interface Question {
    JsonNode ask() throws HttpServerException, InterruptedException;
  }

  private JsonNode asking(Question question) {
    try {
      return question.ask();
    } catch (HttpServerException e) {
      throw e.refusal()
          .map(answer -> FlinkRefusal.of(e.request().replaceFirst(" " + V1, " " + url), answer))
          .orElseGet(
              () ->
                  CommandException.unreachable(
                      e.getMessage(),
                      "Start the local stack (./streams up), or check --flink-url.",
                      e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable(
          "Interrupted while talking to " + url + ".", "Try again.", e);
    }
  }
}
