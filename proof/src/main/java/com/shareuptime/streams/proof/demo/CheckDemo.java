package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.check.Check;
import com.shareuptime.streams.proof.check.CheckOptions;
import com.shareuptime.streams.proof.check.CheckReport;
import com.shareuptime.streams.proof.check.CheckTable;
import com.shareuptime.streams.proof.check.FeedPages;
import com.shareuptime.streams.proof.console.LiveStatus;
import com.shareuptime.streams.proof.stack.Bringup;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** Bounded traffic that ends with a verdict. */
final class CheckDemo {
  private static final int LINE_EVERY_LOOKS = 5;

  private final RunningStack running;
  private final DemoModel model;
  private final TrafficOptions options;
  private final CheckOptions checkOptions;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter progress;
  private final long begin = System.nanoTime();
  private int looks;

  CheckDemo(
      RunningStack running,
      DemoModel model,
      TrafficOptions options,
      CheckOptions checkOptions,
      boolean json,
      CommandLine commandLine) {
    this.running = running;
    this.model = model;
    this.options = options;
    this.checkOptions = checkOptions;
    this.json = json;
    this.out = commandLine.getOut();
    // a program that reads the report must find nothing else there
    this.progress = json ? commandLine.getErr() : commandLine.getOut();
  }

  int run() throws InterruptedException {
    Bringup bringup =
        new Bringup(running.stack(), this::say, DemoFeeds.settings(), model.installed());
    bringup.withoutJobs(Server.STANDARD);
    Product product = Product.of(running.addresses(), model.traffic());
    Check check = new Check(product, checkOptions, feeds(), Jobs.ALL.contains("search"), this::say);
    running.add(check);
    Simulator simulator = running.add(new Simulator(product, options, check.ledger()));
    simulator.prepare();
    say(
        "%,d rows are there before the jobs start"
            .formatted(simulator.stats().count(TrafficCount.ROWS)));
    check.watch(simulator.growing());
    bringup.jobs();
    if (!check.awaitFirstProgress()) {
      throw CommandException.wrong(
          "The surfaces do not serve what was there before the jobs started, even after %d s."
              .formatted(checkOptions.progressWithin().toSeconds()),
          "Look at the jobs: ./streams logs taskmanager; the data is kept in "
              + running.stack().home().root()
              + ".");
    }
    say("every surface serves it; traffic starts, seed " + options.seed());
    Observation.start(running, product, simulator.stats(), status -> show(simulator, status));
    check.writeAndRead();
    simulator.run();
    CheckReport report = check.finish(simulator);
    out.println(json ? Output.json(report) : System.lineSeparator() + CheckTable.of(report));
    out.flush();
    return report.isRight() ? 0 : CommandException.WRONG;
  }

  private Optional<FeedPages> feeds() {
    return DemoFeeds.areMade()
        ? Optional.of(running.add(new DemoFeeds(running.addresses())))
        : Optional.empty();
  }

  private void show(Simulator simulator, LiveStatus status) {
    if (looks++ % LINE_EVERY_LOOKS == 0) {
      say(
          "%,d of %,d, %s"
              .formatted(
                  simulator.stats().count(TrafficCount.INTERACTIONS),
                  options.events(),
                  LiveDemo.line(status)));
    }
  }

  private void say(String line) {
    progress.printf(Locale.ROOT, "[%4d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, line);
    progress.flush();
  }
}
