package com.shareuptime.streams.proof.traffic.command;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.proof.traffic.Fault;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import picocli.CommandLine.Option;

/** What to simulate. */
public final class TrafficMixin {
  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Interactions a second on average (with bursts); 0 = as fast as possible."
              + " Default: 500; for a check 4000.")
  private Integer rate;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Total interactions, each a row and its event; 0 = until stopped. Default: 0;"
              + " for a check 50000.")
  private Long events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Seed of the plan; the same seed on an empty database gives the same plan."
              + " Default: 1.")
  private long seed;

  @Option(
      names = "--zipf",
      paramLabel = "X",
      defaultValue = "1.0",
      description =
          "Exponent of the popularity of posts and reels; 0 = equal popularity. Default: 1.0.")
  private double zipf;

  @Option(
      names = "--hot-share",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Share of all interactions that one post gets, 0 to 1. Default: 0.1.")
  private double hotShare;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      description =
          "none, all, or some of: duplicates, lost, phantoms, late, reordered, malformed,"
              + " oversized, far-future, bulk-deletes, user-deletes, soft-deletes, target-deletes,"
              + " slow-transactions. Default: none for traffic, else all.")
  private String faults;

  public TrafficOptions options(int otherwiseRate, long otherwiseEvents, String otherwiseFaults) {
    try {
      return new TrafficOptions(
          rate == null ? otherwiseRate : rate,
          events == null ? otherwiseEvents : events,
          seed,
          zipf,
          hotShare,
          Fault.parse(faults == null ? otherwiseFaults : faults));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage() + ".", "See --help for what can be given.");
    }
  }
}
