package com.shareuptime.streams.proof.traffic;

import java.util.Set;
import java.util.SplittableRandom;

/** Decides how each interaction is announced, and with which of the faults. */
final class Announcer {
  private static final double LOST_SHARE = 0.01;
  private static final double DUPLICATE_SHARE = 0.02;
  private static final double LATE_SHARE = 0.01;
  private static final double REORDERED_SHARE = 0.05;

  private static final int BEYOND_GRACE_MS = 35_000;

  private final Set<Fault> faults;
  private final SplittableRandom random;
  private final String prefix;
  private long events;

  Announcer(Set<Fault> faults, SplittableRandom random, FirstIds ids) {
    this.faults = faults;
    this.random = random;
    // unique among all simulators of this database, as the ids are
    this.prefix = "t" + Long.toString(ids.comment(), 36) + "-";
  }

  String nextEventId() {
    return prefix + events++;
  }

  Announcement announce() {
    String id = nextEventId();
    Announcement.Style style = style();
    if (happens(Fault.LOST, LOST_SHARE)) {
      return new Announcement(id, true, 0, 0, 0, style);
    }
    int delay = delayMillis();
    if (delay >= BEYOND_GRACE_MS && style == Announcement.Style.NO_TIME) {
      // so late, only an event that says when it happened can be told from a phantom
      style = Announcement.Style.ISO_TIME;
    }
    if (happens(Fault.DUPLICATES, DUPLICATE_SHARE)) {
      int between = random.nextBoolean() ? 0 : random.nextInt(5_000);
      return new Announcement(id, false, delay, 1 + random.nextInt(2), between, style);
    }
    return new Announcement(id, false, delay, 0, 0, style);
  }

  private int delayMillis() {
    if (happens(Fault.LATE, LATE_SHARE)) {
      // one in twenty comes after the default grace of 30 s has passed
      return random.nextInt(20) == 0
          ? BEYOND_GRACE_MS + random.nextInt(10_000)
          : 1_000 + random.nextInt(14_000);
    }
    return happens(Fault.REORDERED, REORDERED_SHARE) ? 20 + random.nextInt(900) : 0;
  }

  private Announcement.Style style() {
    int roll = random.nextInt(100);
    if (roll < 70) {
      return Announcement.Style.ISO_TIME;
    }
    return Announcement.Style.values()[1 + roll % (Announcement.Style.values().length - 1)];
  }

  private boolean happens(Fault fault, double share) {
    return faults.contains(fault) && random.nextDouble() < share;
  }
}
