package com.shareuptime.streams.proof.bench.stack;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Ports;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.bench.report.ClusterRest;
import com.shareuptime.streams.proof.stack.Bringup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A stack of its own for one measurement: empty, on free ports, its task manager with two slots
 * unless it is set otherwise. It ends, and its data goes, with {@link #close} or the JVM.
 */
public final class BenchStack implements AutoCloseable {
  /** Subtasks of each operator, one a slot. */
  public static final int SLOTS = 2;

  private static final long FETCH_MILLIS = 1_500;

  private final LocalStack stack;
  private final Jobs jobs;
  private final Thread hook = new Thread(this::end, "bench-end");

  private BenchStack(LocalStack stack) {
    this.stack = stack;
    this.jobs =
        new Jobs(
            new FlinkClient(stack.flinkUrl()), Installation.find(), stack.home().streams(), true);
  }

  /**
   * Servers, schema and topics; no job, and no OpenSearch.
   *
   * @param flinkSettings of the cluster, where the measurement wants them otherwise than checked in
   */
  public static BenchStack start(Map<String, String> flinkSettings) throws IOException {
    return start(EnumSet.complementOf(EnumSet.of(Server.OPENSEARCH)), flinkSettings);
  }

  /** The same on all servers, with the first indexes of documents. */
  public static BenchStack startWithSearch(Map<String, String> flinkSettings) throws IOException {
    return start(Server.STANDARD, flinkSettings);
  }

  private static BenchStack start(Set<Server> servers, Map<String, String> flinkSettings)
      throws IOException {
    Map<String, String> settings = new HashMap<>(flinkSettings);
    settings.putIfAbsent("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
    Path home = Files.createTempDirectory("streams-bench-");
    BenchStack bench = new BenchStack(LocalStack.at(home, Ports.free(), settings));
    Runtime.getRuntime().addShutdownHook(bench.hook);
    new Bringup(bench.stack, line -> {}).withoutJobs(servers);
    return bench;
  }

  public LocalStack stack() {
    return stack;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Settings settings() {
    return new Settings(stack.addresses());
  }

  public Addresses addresses() {
    return Addresses.of(stack);
  }

  /** Submits a job, one subtask a slot, and returns its id when all of its tasks run. */
  public String submit(String job, Map<String, String> options, Optional<String> state) {
    Settings all = settings().overriddenBy(new Settings(options));
    return jobs.submit(job, all, state, OptionalInt.of(SLOTS)).id();
  }

  /** Submits a job that ends by itself, one subtask a slot, and waits for that. */
  public void runToEnd(String job, Map<String, String> options, Duration patience) {
    Settings all = settings().overriddenBy(new Settings(options));
    jobs.runToEnd(job, all, OptionalInt.of(SLOTS), patience, () -> {});
  }

  /**
   * Times of the job's vertices up to now: the cluster fetches them when it is asked, and does not
   * wait for them, so it is asked twice.
   */
  public Map<String, String> settledVertexTimes(String job)
      throws IOException, InterruptedException {
    ClusterRest cluster = new ClusterRest(stack.flinkUrl());
    cluster.vertexTimes(job);
    Thread.sleep(FETCH_MILLIS);
    return cluster.vertexTimes(job);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    end();
  }

  private void end() {
    stack.wipe();
  }
}
