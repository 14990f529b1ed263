package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.Migration;
import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.Slot;
import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** From whatever runs of a local stack to all of it: servers, schema, topics, jobs. */
public final class Bringup {
  private static final String INGEST = "ingest";

  private final LocalStack stack;
  private final Consumer<String> progress;
  private final Settings addresses;
  private final Map<String, Settings> overrides;
  private final Optional<OtherTables> tables;
  private final Optional<ModelFile> model;
  private final Jobs jobs;
  private final Installation installation = Installation.find();

  public Bringup(LocalStack stack, Consumer<String> progress) {
    this(stack, progress, Map.of());
  }

  /**
   * @param overrides by job: what wins over its checked-in settings
   */
  public Bringup(LocalStack stack, Consumer<String> progress, Map<String, Settings> overrides) {
    this(stack, progress, overrides, Optional.empty());
  }

  /**
   * @param tables those of a new stack, if they are not ShareUptime's own
   */
  public Bringup(
      LocalStack stack,
      Consumer<String> progress,
      Map<String, Settings> overrides,
      Optional<OtherTables> tables) {
    this(stack, progress, overrides, tables, tables.map(OtherTables::model));
  }

  private Bringup(
      LocalStack stack,
      Consumer<String> progress,
      Map<String, Settings> overrides,
      Optional<OtherTables> tables,
      Optional<ModelFile> model) {
    this.stack = stack;
    this.overrides = Map.copyOf(overrides);
    this.tables = tables;
    this.model = model;
    this.progress = progress;
    this.addresses = new Settings(stack.addresses());
    this.jobs =
        new Jobs(new FlinkClient(stack.flinkUrl()), installation, stack.home().streams(), true);
  }

  /**
   * On tables that are there already.
   *
   * @param model empty for the one that their database has
   */
  public static Bringup onTables(
      LocalStack stack, Consumer<String> progress, Optional<ModelFile> model) {
    return new Bringup(stack, progress, Map.of(), Optional.empty(), model);
  }

  /** Returns when all is healthy and every job runs. Safe to repeat. */
  public void all() {
    withoutJobs(Server.STANDARD);
    jobs();
  }

  /** Schema and topics only, on these servers: Postgres, Kafka and what else is wanted. */
  public void withoutJobs(Set<Server> wanted) {
    servers(wanted);
    schema(wanted.contains(Server.OPENSEARCH));
  }

  /** The same on all that jobs need which do not search. */
  public void withoutJobs() {
    EnumSet<Server> wanted = EnumSet.copyOf(Server.STANDARD);
    wanted.remove(Server.OPENSEARCH);
    withoutJobs(wanted);
  }

  /** The jobs, on servers that are prepared. */
  public void jobs() {
    Jobs.ALL.forEach(this::job);
  }

  private void servers(Set<Server> wanted) {
    EnumSet<Server> alive = EnumSet.copyOf(wanted);
    alive.removeIf(server -> !stack.isRunning(server));
    stack.start(wanted, (server, time) -> tell(server, time, alive));
  }

  private synchronized void tell(Server server, Duration time, EnumSet<Server> alive) {
    progress.accept(
        "%-12s %s  %s"
            .formatted(
                server.id(),
                alive.contains(server)
                    ? "runs already"
                    : "ready in %4.1f s".formatted(seconds(time)),
                stack.address(server)));
  }

  private void schema(boolean withIndexes) {
    tables.ifPresent(other -> other.create(Database.source(addresses)));
    Migration migration = new Migration(addresses, withIndexes, model.orElse(null));
    if (!stack.home().source().isAttached()) {
      migration.baseSchema();
    }
    migration.apply().forEach(progress);
  }

  /**
   * A job that the cluster has recovered by itself is only waited for. One that goes on from a
   * state has what it was given when that was made.
   */
  public void job(String name) {
    long begin = System.nanoTime();
    boolean isNew = name.equals(INGEST) && stack.home().source().isNew();
    if (isNew) {
      forget(name);
    }
    Optional<Job> active = jobs.flink().active(name);
    Optional<String> state = active.isPresent() || isNew ? Optional.empty() : jobs.resumable(name);
    if (active.isPresent()) {
      jobs.awaitRunning(name, active.get().id());
    } else {
      Settings settings =
          Settings.ofJob(installation.flinkConf(), name)
              .overriddenBy(addresses)
              .overriddenBy(overrides.getOrDefault(name, Settings.empty()));
      if (state.isPresent()) {
        settings = settings.given(jobs.lastGiven(name));
      }
      jobs.submit(
          name,
          settings,
          state,
          state.isPresent() ? jobs.lastParallelism(name) : OptionalInt.empty());
    }
    if (isNew) {
      stack.home().source().started();
    }
    progress.accept(
        "%-12s %s in %4.1f s%s"
            .formatted(
                name,
                active.isPresent() ? "runs, seen" : "running",
                seconds(Duration.ofNanos(System.nanoTime() - begin)),
                state.map(path -> "  from " + path).orElse("")));
  }

  /** What an earlier run has left is of another slot, or of another model. */
  private void forget(String name) {
    if (jobs.flink().active(name).isPresent()) {
      jobs.cancel(name);
    }
    if (new Slot(Database.source(addresses), addresses.slot()).drop()) {
      progress.accept("%-12s reads every table anew".formatted(name));
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
