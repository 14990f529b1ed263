package com.shareuptime.streams.proof.traffic.command;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.Outage;
import com.shareuptime.streams.proof.stack.OwnTables;
import com.shareuptime.streams.proof.traffic.CommitListener;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.StatementRefusedException;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "traffic",
    description = {
      "Act as the product's backend: write rows to Postgres and send their events"
          + " to Kafka, until --events are done or Ctrl-C. Needs the tables and topics of"
          + " `migrate`; waits for servers that are away.",
      "Never use it on a database of value: it creates users, posts and reels of its own."
    })
public final class TrafficCommand implements Callable<Integer> {
  @Mixin private TrafficMixin traffic;
  @Mixin private ServersMixin servers;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (servers.isLocal()) {
      OwnTables.require(servers.settings());
    }
    TrafficOptions options = traffic.options(500, 0, "none");
    PrintWriter out = report.asJson() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    try (Simulator simulator =
        new Simulator(
            Product.canonical(addresses(servers.settings())), options, CommitListener.NONE)) {
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stopAndAwait(simulator, ended), "traffic-end"));
      try {
        simulator.prepare();
        try (TrafficTeller teller = TrafficTeller.start(simulator.stats(), out)) {
          simulator.run();
        }
        Map<String, Object> done = summary(simulator.stats());
        spec.commandLine().getOut().println(report.asJson() ? Output.json(done) : "done: " + done);
      } finally {
        ended.countDown();
      }
      return 0;
    } catch (StatementRefusedException | JdbiException e) {
      throw CommandException.unreachable(
          "Postgres: " + Outage.failure(e).getMessage(),
          "Check ./streams status, and that ./streams migrate has created the tables.",
          e);
    }
  }

  /** Servers elsewhere are those of the file; the events need Postgres and Kafka only. */
  private static Addresses addresses(Settings settings) {
    Database source = Database.source(settings);
    source.verify();
    return new Addresses(
        source.url(),
        source.user(),
        source.password(),
        settings.require(AddressKeys.KAFKA_BOOTSTRAP),
        settings.get(AddressKeys.REDIS_URL).orElse(""),
        "",
        "");
  }

  /** Ctrl-C ends the traffic between two transactions; what is committed is still announced. */
  private static void stopAndAwait(Simulator simulator, CountDownLatch ended) {
    simulator.stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> summary(TrafficStats stats) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("interactions", stats.count(TrafficCount.INTERACTIONS));
    summary.put("rows", stats.count(TrafficCount.ROWS));
    summary.put("transactions", stats.count(TrafficCount.TRANSACTIONS));
    summary.put("events", stats.count(TrafficCount.EVENTS));
    summary.put("seconds", stats.generation().toMillis() / 1_000.0);
    summary.put("retriedTransactions", stats.count(TrafficCount.RETRIED_TRANSACTIONS));
    summary.put("resentEvents", stats.count(TrafficCount.RESENT_EVENTS));
    summary.putAll(stats.faults());
    return summary;
  }
}
