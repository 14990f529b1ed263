package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** Runs the job to its end, and reads what it has written down. */
final class ReconcileRun {
  static final String JOB = "reconcile";

  private static final Duration PATIENCE = Duration.ofHours(24);
  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  private final Jobs jobs;
  private final Settings settings;
  private final Runs runs;
  private final OptionalInt parallelism;
  private final PrintWriter progress;

  private Instant toldAt = Instant.now();

  ReconcileRun(
      Jobs jobs, Settings settings, Runs runs, OptionalInt parallelism, PrintWriter progress) {
    this.jobs = jobs;
    this.settings = settings;
    this.runs = runs;
    this.parallelism = parallelism;
    this.progress = progress;
  }

  ReconcileView run() {
    return run(settings);
  }

  /** Compares only where something was wrong. */
  ReconcileView again() {
    return run(settings.with(Map.of("reconcile.again", "true")));
  }

  private ReconcileView run(Settings ofRun) {
    long before = runs.newest();
    try {
      jobs.runToEnd(JOB, ofRun, parallelism, PATIENCE, () -> tell(before));
    } catch (CommandException e) {
      runs.after(before).ifPresent(run -> runs.failed(run, e.getMessage()));
      throw e;
    }
    long run =
        Await.answer(
            Duration.ofSeconds(5),
            () -> runs.after(before),
            () ->
                CommandException.wrong(
                    "The job has ended, and streams.reconcile_runs has no run of it.",
                    "See its log: ./streams logs jobmanager"));
    return runs.view(run);
  }

  private void tell(long before) {
    if (Duration.between(toldAt, Instant.now()).compareTo(TELL_EVERY) < 0) {
      return;
    }
    toldAt = Instant.now();
    runs.after(before)
        .ifPresent(
            run -> {
              Runs.Progress done = runs.progress(run);
              progress.println(
                  "run %d: compared %d of %d buckets"
                      .formatted(run, done.compared(), done.planned()));
              progress.flush();
            });
  }
}
