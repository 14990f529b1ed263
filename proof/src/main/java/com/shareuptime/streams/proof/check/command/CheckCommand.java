package com.shareuptime.streams.proof.check.command;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.Check;
import com.shareuptime.streams.proof.check.CheckOptions;
import com.shareuptime.streams.proof.check.CheckReport;
import com.shareuptime.streams.proof.check.CheckTable;
import com.shareuptime.streams.proof.check.SurfaceAwayException;
import com.shareuptime.streams.proof.demo.DemoFeeds;
import com.shareuptime.streams.proof.stack.OwnTables;
import com.shareuptime.streams.proof.thread.Ends;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.StatementRefusedException;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import com.shareuptime.streams.proof.traffic.command.TrafficMixin;
import com.shareuptime.streams.proof.traffic.command.TrafficTeller;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Act as the product's backend on servers and jobs that run already, then compare every"
          + " count, feed and document with SQL, as `demo --check` does on a stack of its own;"
          + " exit 0 if all is right, else 1. Servers may go away and come back meanwhile.",
      "Never use it on a database of value: it creates users, posts and reels of its own."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int RATE = 4_000;
  private static final long EVENTS = 50_000;

  @Option(
      names = "--ryow",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Commits that a client waits for and reads back on each surface, beside the traffic; of"
              + " posts that must reach a feed, at most 100. Default: ${DEFAULT-VALUE}.")
  private int ownWrites;

  @Mixin private TrafficMixin traffic;
  @Mixin private ServersMixin servers;
  @Mixin private Report report;

  @Override
  public Integer call() throws InterruptedException {
    TrafficOptions options = traffic.options(RATE, EVENTS, "all");
    if (options.events() == 0) {
      throw CommandException.usage("A check needs an end.", "Give --events N, more than 0.");
    }
    if (servers.isLocal()) {
      OwnTables.require(servers.settings());
    }
    Addresses addresses = addresses(servers.settings());
    Ends ends = new Ends();
    try {
      CheckReport found = check(Product.canonical(addresses), options, ends);
      report.print(found, () -> CheckTable.of(found));
      return found.isRight() ? 0 : CommandException.WRONG;
    } catch (SurfaceAwayException | StatementRefusedException e) {
      throw CommandException.unreachable(
          e.getMessage(), "Look at that server, bring it back, and begin anew.", e);
    } finally {
      ends.close();
    }
  }

  private CheckReport check(Product product, TrafficOptions options, Ends ends)
      throws InterruptedException {
    PrintWriter out = report.progress();
    CheckOptions usual = CheckOptions.DEFAULT;
    Check check =
        ends.add(
            new Check(
                product,
                new CheckOptions(ownWrites, usual.progressWithin(), usual.settleWithin()),
                Optional.of(ends.add(new DemoFeeds(product.addresses()))),
                true,
                line -> say(out, line)));
    Simulator simulator = ends.add(new Simulator(product, options, check.ledger()));
    simulator.prepare();
    check.watch(simulator.growing());
    say(out, "rows are written; waiting for every surface to serve them");
    if (!check.awaitFirstProgress()) {
      throw CommandException.wrong(
          "The surfaces do not serve what has just been written, even after %d s."
              .formatted(usual.progressWithin().toSeconds()),
          "Look at the jobs.");
    }
    say(out, "every surface serves them; traffic starts, seed " + options.seed());
    TrafficTeller teller = ends.add(TrafficTeller.start(simulator.stats(), out));
    check.writeAndRead();
    simulator.run();
    teller.close();
    return check.finish(simulator);
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** The product's tables and the read models lie in one database, as in a demo. */
  private static Addresses addresses(Settings settings) {
    Database source = Database.source(settings);
    source.verify();
    return new Addresses(
        source.url(),
        source.user(),
        source.password(),
        settings.require(AddressKeys.KAFKA_BOOTSTRAP),
        settings.require(AddressKeys.REDIS_URL),
        "",
        settings.require(AddressKeys.OPENSEARCH_URL));
  }
}
