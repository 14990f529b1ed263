package com.shareuptime.streams.proof.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.hole.HoleTable;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.output.Sections;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Show the state of the servers of the local stack, and of the jobs.")
/** Part of {@code ./streams}. */
public final class StatusCommand implements Callable<Integer> {
  private static final String SOURCE = "source";
  private static final Set<String> HAVE_HOLES = Set.of(SOURCE, Server.POSTGRES.id());

  private final HomeStack local = new HomeStack();
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  /**
   * {@code pid} and {@code upSeconds} are null where nothing runs, {@code problem} where all is
   * well.
   */
  record ServerState(
      String name, String state, Long pid, Long upSeconds, String address, String problem) {}

  /** {@code checkpointAgeSeconds} is null before the first checkpoint. */
  record JobState(String name, String state, String id, String tasks, Long checkpointAgeSeconds) {}

  /**
   * @param holes rows that were too large for their topics, of which surfaces lack something
   */
  record Status(
      List<ServerState> servers,
      List<JobState> jobs,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Hole> holes) {
    boolean isWell() {
      return servers.stream().allMatch(server -> server.state().equals("well"))
          && jobs.stream().allMatch(job -> job.state().equals("RUNNING"));
    }
  }

  @Override
  public Integer call() {
    LocalStack stack = local.running();
    List<ServerState> servers = new ArrayList<>();
    if (stack.home().source().isAttached()) {
      servers.add(source(stack));
    }
    Arrays.stream(Server.values())
        .filter(server -> Server.STANDARD.contains(server) || stack.isRunning(server))
        .parallel()
        .map(server -> state(stack, server))
        .forEachOrdered(servers::add);
    Status status = new Status(servers, jobs(stack), holes(stack, servers));
    PrintWriter out = spec.commandLine().getOut();
    out.println(report.asJson() ? Output.json(status) : text(status));
    return status.isWell() ? 0 : CommandException.WRONG;
  }

  /** The product's database, where it is none of the stack's. */
  private static ServerState source(LocalStack stack) {
    Database source = Database.source(new Settings(stack.addresses()));
    try {
      source.verify();
      return new ServerState(SOURCE, "well", null, null, source.toString(), null);
    } catch (CommandException e) {
      return new ServerState(SOURCE, "not well", null, null, source.toString(), e.getMessage());
    }
  }

  /** None while nobody can tell. */
  private static List<Hole> holes(LocalStack stack, List<ServerState> servers) {
    boolean isAway =
        servers.stream()
            .filter(server -> HAVE_HOLES.contains(server.name()))
            .anyMatch(server -> !server.state().equals("well"));
    return isAway ? List.of() : HoleTable.open(new Settings(stack.addresses()));
  }

  private static ServerState state(LocalStack stack, Server server) {
    Long up =
        stack
            .startedAt(server)
            .map(since -> Duration.between(since, Instant.now()).toSeconds())
            .orElse(null);
    String problem = stack.healthProblem(server).orElse(null);
    Long pid = stack.pid(server).orElse(null);
    String state = pid == null ? "stopped" : problem == null ? "well" : "not well";
    return new ServerState(
        server.id(), state, pid, up, stack.address(server), pid == null ? null : problem);
  }

  private static List<JobState> jobs(LocalStack stack) {
    if (stack.healthProblem(Server.JOBMANAGER).isPresent()) {
      return Jobs.ALL.stream()
          .map(name -> new JobState(name, "UNKNOWN", null, null, null))
          .toList();
    }
    FlinkClient flink = new FlinkClient(stack.flinkUrl());
    List<Job> active = flink.jobs().stream().filter(job -> !job.hasEnded()).toList();
    List<JobState> states = new ArrayList<>();
    for (Job job : active) {
      Long age =
          flink
              .latestCheckpointAt(job.id())
              .map(at -> Duration.between(Instant.ofEpochMilli(at), Instant.now()).toSeconds())
              .orElse(null);
      // RUNNING is the scheduler's word also while tasks wait for a slot
      String state = job.state().equals("RUNNING") && !job.isRunning() ? "STARTING" : job.state();
      states.add(
          new JobState(job.name(), state, job.id(), job.runningTasks() + "/" + job.tasks(), age));
    }
    for (String name : Jobs.ALL) {
      if (active.stream().noneMatch(job -> job.name().equals(name))) {
        states.add(new JobState(name, "NOT SUBMITTED", null, null, null));
      }
    }
    return states;
  }

  private static String text(Status status) {
    List<List<String>> servers =
        status.servers().stream()
            .map(
                server ->
                    List.of(
                        server.name(),
                        server.state(),
                        text(server.pid()),
                        server.upSeconds() == null
                            ? "-"
                            : Duration.ofSeconds(server.upSeconds())
                                .toString()
                                .substring(2)
                                .toLowerCase(Locale.ROOT),
                        server.problem() == null ? server.address() : server.problem()))
            .toList();
    List<List<String>> jobs =
        status.jobs().stream()
            .map(
                job ->
                    List.of(
                        job.name(),
                        job.state(),
                        text(job.tasks()),
                        job.checkpointAgeSeconds() == null
                            ? "-"
                            : job.checkpointAgeSeconds() + " s",
                        text(job.id())))
            .toList();
    return new Sections()
        .text(Output.table(List.of("SERVER", "STATE", "PID", "UP", "ADDRESS"), servers))
        .text("")
        .text(Output.table(List.of("JOB", "STATE", "TASKS", "CHECKPOINT", "ID"), jobs))
        .list(
            "Too large for their topics; ./streams reconcile --repair auto fills surfaces:",
            status.holes().stream().map(Hole::text).toList())
        .toString();
  }

  private static String text(Object value) {
    return value == null ? "-" : value.toString();
  }
}
