package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.proof.site.Site;
import com.shareuptime.streams.proof.site.SiteMixin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fault after fault until the time is over. What a fault has broken for good would spoil all that
 * come after it: the next one happens on a stack of its own then.
 */
final class Suite {
  private static final Duration SETTLE = Duration.ofSeconds(90);

  private final Schedule schedule;
  private final SiteMixin sites;
  private final Path evidence;
  private final Consumer<String> log;
  private final Consumer<List<Outcome>> report;
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * @param evidence where the logs go of what was not right
   * @param report takes all outcomes after each fault, as nobody knows when the suite is stopped
   */
  Suite(
      Schedule schedule,
      SiteMixin sites,
      Path evidence,
      Consumer<String> log,
      Consumer<List<Outcome>> report) {
    this.schedule = schedule;
    this.sites = sites;
    this.evidence = evidence;
    this.log = log;
    this.report = report;
  }

  /** No fault begins later than that after the first stack was up. */
  List<Outcome> run(Duration time) throws IOException, InterruptedException {
    long deadline = Long.MAX_VALUE;
    while (outcomes.isEmpty() || System.nanoTime() < deadline) {
      try (Site site = sites.open(outcomes.size())) {
        site.requireRight(SETTLE); // so that no fault is blamed for what was wrong without it
        log.accept("a stack of its own is up and right in " + site.stack().home().root());
        if (outcomes.isEmpty()) {
          deadline = System.nanoTime() + time.toNanos();
        }
        boolean right = true;
        while (right && (outcomes.isEmpty() || System.nanoTime() < deadline)) {
          Schedule.Entry entry = schedule.next();
          Thread.sleep(entry.calm().toMillis());
          Outcome outcome = new Trial(site, entry).run();
          outcomes.add(outcome);
          log.accept(outcome.line());
          report.accept(List.copyOf(outcomes));
          right = outcome.isRight();
          if (!right) {
            keepLogs(site, outcome);
          }
        }
      }
    }
    return outcomes;
  }

  private void keepLogs(Site site, Outcome outcome) throws IOException {
    Path folder = evidence.resolve(outcome.number() + "-" + outcome.kind());
    Files.createDirectories(folder);
    try (Stream<Path> logs =
        Files.list(site.stack().home().root().resolve("logs")).filter(Files::isRegularFile)) {
      for (Path one : logs.toList()) {
        Files.copy(one, folder.resolve(one.getFileName()));
      }
    }
    log.accept("the logs of its servers are in " + folder);
    outcome.examples().forEach(example -> log.accept("  " + example));
  }
}
