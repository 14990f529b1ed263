package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.proof.site.Operator;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Something that goes wrong.
 *
 * @param losesServedCounts what Redis serves is gone with it: until the operator has acted, counts
 *     there are lower than before, and no promise is broken by that
 */
record SuiteFault(String label, Happening happening, Remedy remedy, boolean losesServedCounts) {
  /** Injects a fault and ends it, if it has an end of its own. */
  @FunctionalInterface
  interface Happening {
    /**
     * Returns when it is over.
     *
     * @return what was drawn, in words
     */
    String happen(Site site, SplittableRandom random) throws Exception;
  }

  /** What an operator does about it. */
  @FunctionalInterface
  interface Remedy {
    /** Nobody has to do anything. */
    Remedy NONE = operator -> {};

    void apply(Operator operator) throws Exception;
  }

  /** One that heals by itself. */
  static SuiteFault of(String label, Happening happening) {
    return new SuiteFault(label, happening, Remedy.NONE, false);
  }

  SuiteFault mendedBy(Remedy commands) {
    return new SuiteFault(label, happening, commands, losesServedCounts);
  }

  /** What a fault does to a stack, and takes back. */
  @FunctionalInterface
  interface Step {
    void take() throws IOException;
  }

  /** Stays in a fault for so long, and ends it whatever happens meanwhile. */
  static void during(Duration time, Step begin, Step end) throws IOException, InterruptedException {
    begin.take();
    try {
      Thread.sleep(time.toMillis());
    } finally {
      end.take();
    }
  }

  static Duration millis(SplittableRandom random, int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }

  static Duration seconds(SplittableRandom random, int from, int to) {
    return Duration.ofSeconds(random.nextInt(from, to));
  }

  boolean needsAnOperator() {
    return remedy != Remedy.NONE;
  }

  SuiteFault losingServedCounts() {
    return new SuiteFault(label, happening, remedy, true);
  }

  /**
   * Whether the name stands for it: {@code kill-redis}, or {@code kill} for all that are killed.
   */
  boolean isNamed(String name) {
    return label.equals(name) || label.startsWith(name + "-");
  }
}
