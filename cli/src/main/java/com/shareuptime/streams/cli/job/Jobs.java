package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.flink.JobStart;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.StreamsHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The life of the jobs on one cluster. A job's name there is its name here. */
public final class Jobs {
  /** In the order in which a stack starts them. */
  public static final List<String> ALL =
      List.of("ingest", "counters", "feeds", "feed-archive", "search", "archive");

  /** Each builds a jar. */
  private static final Set<String> MODULES =
      Set.of("ingest", "counters", "feeds", "search", "embed", "archive", "reconcile");

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);
  private static final Duration SAVEPOINT_PATIENCE = Duration.ofMinutes(5);

  private final FlinkClient flink;
  private final Installation installation;
  private final StreamsHome home;
  private final boolean local;

  /**
   * @param local the cluster is the one of {@code home}, so that its checkpoints lie in there
   */
  public Jobs(FlinkClient flink, Installation installation, StreamsHome home, boolean local) {
    this.flink = flink;
    this.installation = installation;
    this.home = home;
    this.local = local;
  }

  public FlinkClient flink() {
    return flink;
  }

  public Job requireActive(String name) {
    return flink
        .active(name)
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "No job '" + name + "' is running on " + flink.url() + ".",
                    "Start it: ./streams submit " + name));
  }

  public void requireInactive(String name) {
    flink
        .active(name)
        .ifPresent(
            job -> {
              throw CommandException.usage(
                  "Job '%s' is already on %s (%s, %s)."
                      .formatted(name, flink.url(), job.id(), job.state()),
                  "To replace it by its newly built jar: ./streams upgrade "
                      + name
                      + "; to end it first: ./streams cancel "
                      + name);
            });
  }

  /** The state from which the job would go on if it were submitted now. */
  public Optional<String> resumable(String name) {
    return memory(name)
        .flatMap(
            known ->
                local
                    ? RetainedState.newest(home.flinkData().resolve("checkpoints"), known)
                    : Optional.ofNullable(known.leftState())
                        .or(() -> Optional.ofNullable(known.startedFrom())));
  }

  /**
   * The settings with which the job runs, or ran last, but the servers' addresses as they are now.
   *
   * @param otherwise for a job that nobody has submitted yet
   * @throws CommandException if the run was submitted from elsewhere, so that they are not known
   */
  public Settings ownSettings(String name, Settings otherwise) {
    Optional<JobMemory> memory = memory(name);
    Optional<Job> active = flink.active(name);
    if (active.isPresent()
        && memory.filter(known -> isOf(known, active.get())).flatMap(JobMemory::known).isEmpty()) {
      throw CommandException.usage(
          "The options of the running job '"
              + name
              + "' are not known here: it was submitted from elsewhere, or long ago.",
          "Submit it again from here, with all of its options: ./streams upgrade "
              + name
              + " [--set KEY=VALUE] [--parallelism N]");
    }
    return memory
        .flatMap(JobMemory::known)
        .map(known -> known.overriddenBy(otherwise.addresses()))
        .orElse(otherwise);
  }

  /** How wide the job runs, or was to run last; empty for the cluster's default. */
  public OptionalInt ownParallelism(String name) {
    return flink
        .active(name)
        .map(job -> OptionalInt.of(flink.parallelism(job.id())))
        .orElseGet(() -> memory(name).map(JobMemory::width).orElse(OptionalInt.empty()));
  }

  /** What the last run was given key by key; a next one that goes on from it needs the same. */
  public Map<String, String> lastGiven(String name) {
    return lastRun(name).flatMap(JobMemory::known).map(Settings::given).orElse(Map.of());
  }

  /** The parallelism that the last run was given; empty for the cluster's default. */
  public OptionalInt lastParallelism(String name) {
    return lastRun(name).map(JobMemory::width).orElse(OptionalInt.empty());
  }

  private Optional<JobMemory> lastRun(String name) {
    Optional<Job> active = flink.active(name);
    return memory(name).filter(known -> active.isEmpty() || isOf(known, active.get()));
  }

  private static boolean isOf(JobMemory memory, Job job) {
    return memory.jobId().equals(job.id());
  }

  /** Uploads the job's jar, runs it, and waits until all of its tasks run. */
  public Job submit(
      String name, Settings settings, Optional<String> state, OptionalInt parallelism) {
    String id = run(name, settings, state, parallelism);
    JobMemory.ofStart(id, state, settings, parallelism).write(memoryFile(name));
    return awaitRunning(name, id);
  }

  /**
   * Runs a job that ends by itself, and waits for that.
   *
   * @param whileRunning called now and then
   */
  public void runToEnd(
      String name,
      Settings settings,
      OptionalInt parallelism,
      Duration patience,
      Runnable whileRunning) {
    String id = run(name, settings, Optional.empty(), parallelism);
    Job ended =
        Await.answer(
            patience,
            () -> {
              whileRunning.run();
              return Optional.of(flink.job(id)).filter(Job::hasEnded);
            },
            () ->
                failed(
                    name, id, "has not ended after " + patience.toMinutes() + " min, it goes on"));
    if (!ended.state().equals("FINISHED")) {
      throw failed(name, id, "ended early (" + ended.state() + ")");
    }
  }

  private String run(
      String name, Settings settings, Optional<String> state, OptionalInt parallelism) {
    Path jar = jar(name);
    String uploaded = upload(jar);
    try {
      return flink.run(
          uploaded,
          new JobStart(
              name, JobEntry.of(name).mainClass(), settings.arguments(), state, parallelism));
    } finally {
      flink.deleteJar(uploaded);
    }
  }

  private String upload(Path jar) {
    try {
      return flink.upload(jar);
    } catch (IOException e) {
      throw CommandException.unreachable("Cannot read " + jar + ".", "Build it again.", e);
    }
  }

  /** Fails with a sentence if the job's jar is not here. */
  public void requireJar(String name) {
    Path unused = jar(name);
  }

  private Path jar(String name) {
    String module = JobEntry.of(name).module();
    if (!MODULES.contains(module)) {
      throw CommandException.usage(
          "There is no job '" + name + "'.", "Known jobs: " + String.join(", ", ALL) + ", embed.");
    }
    Path jar = installation.jobJar(module);
    if (!Files.exists(jar)) {
      throw CommandException.wrong(
          "The job's jar " + jar + " is not there.",
          installation.isCheckout()
              ? "Build it: ./mvnw package -DskipTests -pl jobs/" + module + " -am"
              : "Use the image streams-cli-jobs, which has the jars of all jobs, or mount this one.");
    }
    return jar;
  }

  public Job awaitRunning(String name, String id) {
    return Await.answer(
        START_PATIENCE,
        () -> {
          Job job = flink.job(id);
          if (job.hasEnded()) {
            throw failed(name, id, "ended while it started (" + job.state() + ")");
          }
          return job.isRunning() ? Optional.of(job) : Optional.empty();
        },
        () ->
            failed(
                name, id, "does not run after " + START_PATIENCE.toSeconds() + " s, it tries on"));
  }

  private CommandException failed(String name, String id, String what) {
    String cause = flink.lastFailure(id).map(failure -> ": " + failure).orElse("");
    return CommandException.wrong(
        "Job '" + name + "' " + what + cause,
        "See " + flink.page(id) + "/exceptions and ./streams logs taskmanager");
  }

  /** Ends the job; its newest checkpoint stays, and a later submit goes on from it. */
  public void cancel(String name) {
    Job job = requireActive(name);
    Optional<String> state = flink.latestCheckpoint(job.id());
    flink.cancel(job.id());
    awaitEnd(name, job.id());
    state.ifPresent(path -> remember(name, job.id(), path));
  }

  /** Takes a savepoint while the job runs on; returns where it is. */
  public String savepoint(String name) {
    Job job = requireActive(name);
    String path = awaitSavepoint(name, job.id(), flink.triggerSavepoint(job.id()));
    remember(name, job.id(), path);
    return path;
  }

  /** Takes a savepoint and ends the job with it; returns where it is. */
  public String stop(String name) {
    Job job = requireActive(name);
    String path = awaitSavepoint(name, job.id(), flink.triggerStop(job.id()));
    awaitEnd(name, job.id());
    remember(name, job.id(), path);
    return path;
  }

  private void remember(String name, String id, String state) {
    memory(name)
        .filter(memory -> memory.jobId().equals(id))
        .orElse(new JobMemory(id, null, null))
        .withLeftState(state)
        .write(memoryFile(name));
  }

  private String awaitSavepoint(String name, String id, String trigger) {
    return Await.answer(
        SAVEPOINT_PATIENCE,
        () -> flink.savepointResult(id, trigger),
        () ->
            CommandException.wrong(
                "The savepoint of job '%s' is not complete after %d min."
                    .formatted(name, SAVEPOINT_PATIENCE.toMinutes()),
                "It may be held up by back-pressure: see " + flink.page(id)));
  }

  private void awaitEnd(String name, String id) {
    Await.answer(
        END_PATIENCE,
        () -> Optional.of(flink.job(id)).filter(Job::hasEnded),
        () ->
            CommandException.wrong(
                "Job '" + name + "' does not end.",
                "See " + flink.page(id) + "; as a last resort: ./streams kill taskmanager"));
  }

  private Optional<JobMemory> memory(String name) {
    return JobMemory.read(memoryFile(name));
  }

  /** One file a job and cluster. */
  private Path memoryFile(String name) {
    String cluster = local ? "" : "@" + flink.url().replaceAll("[^A-Za-z0-9.-]+", "_");
    return home.job(name + cluster);
  }
}
