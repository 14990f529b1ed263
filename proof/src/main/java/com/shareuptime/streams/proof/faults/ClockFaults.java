package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A host of the product whose clock is wrong: it dates its events by it. */
final class ClockFaults {
  private static final Duration OFF = Duration.ofMinutes(2);
  private static final long JUMP_S = Duration.ofHours(2).toSeconds();

  private ClockFaults() {}

  static List<SuiteFault> all() {
    return List.of(
        SuiteFault.of("clock-off", ClockFaults::off),
        SuiteFault.of("clock-jumps", ClockFaults::jump));
  }

  private static String off(Site site, SplittableRandom random)
      throws IOException, InterruptedException {
    Duration error = random.nextBoolean() ? OFF : OFF.negated();
    Duration time = SuiteFault.seconds(random, 20, 50);
    SuiteFault.during(
        time,
        () -> site.simulator().setClockOfOneHost(error),
        () -> site.simulator().setClockOfOneHost(Duration.ZERO));
    return "%+d s for %d s".formatted(error.toSeconds(), time.toSeconds());
  }

  private static String jump(Site site, SplittableRandom random) throws InterruptedException {
    int jumps = random.nextInt(5, 15);
    try {
      for (int i = 0; i < jumps; i++) {
        site.simulator().setClockOfOneHost(Duration.ofSeconds(random.nextLong(-JUMP_S, JUMP_S)));
        Thread.sleep(random.nextInt(500, 4_000));
      }
    } finally {
      site.simulator().setClockOfOneHost(Duration.ZERO);
    }
    return "%d times by up to two hours".formatted(jumps);
  }
}
