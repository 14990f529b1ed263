package com.shareuptime.streams.proof.site;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** Options of commands that do harm to a {@link Site}. */
public final class SiteMixin {
  @Option(
      names = "--rate",
      defaultValue = "80",
      description = "Interactions a second of the traffic (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(names = "--seed", description = "What is drawn, and what traffic; default: any.")
  private Long seed;

  /** As it was asked for, or drawn once: who has it can have the same again. */
  public long seed() {
    if (seed == null) {
      seed = (long) ThreadLocalRandom.current().nextInt(1_000_000);
    }
    return seed;
  }

  /** A new one; for the n-th, other traffic. */
  public Site open(int number) throws IOException, InterruptedException {
    return Site.open(seed() + number, rate);
  }
}
