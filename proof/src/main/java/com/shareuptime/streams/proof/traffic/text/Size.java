package com.shareuptime.streams.proof.traffic.text;

import java.util.SplittableRandom;

/** How long a text is: most are short, and a very few too long to be stored with their row. */
public enum Size {
  /** A sentence. */
  BRIEF(1, 1, 0),
  /** A few sentences. */
  SHORT(2, 4, 0),
  /** Up to some kilobytes. */
  PARAGRAPH(6, 24, 0),
  /** 8 kB, hard to compress: Postgres stores it out of line. */
  LONG(0, 0, 8 * 1024),
  /** 64 kB, likewise. */
  HUGE(0, 0, 64 * 1024);

  /** One text of so many is huge, and ten are long. */
  static final int CYCLE = 1_000;

  private final int fewest;
  private final int most;
  private final int bytes;

  Size(int fewest, int most, int bytes) {
    this.fewest = fewest;
    this.most = most;
    this.bytes = bytes;
  }

  /**
   * The size of a text by its number: large ones come at regular distances, so that a short run
   * meets them too.
   *
   * @param random decides among the small ones
   */
  public static Size of(long number, SplittableRandom random) {
    if (isLarge(number)) {
      return Math.floorMod(number, CYCLE) == CYCLE / 2 - 1 ? HUGE : LONG;
    }
    int roll = random.nextInt(100);
    if (roll < 70) {
      return BRIEF;
    }
    return roll < 93 ? SHORT : PARAGRAPH;
  }

  /** Whether the text of that number is stored out of line. */
  public static boolean isLarge(long number) {
    return Math.floorMod(number, CYCLE) == CYCLE / 2 - 1
        || Math.floorMod(number, CYCLE / 10) == CYCLE / 20 - 1;
  }

  boolean isLarge() {
    return bytes > 0;
  }

  /** In UTF-8, at least; 0 if it is counted in sentences. */
  int bytes() {
    return bytes;
  }

  int sentences(SplittableRandom random) {
    return fewest + random.nextInt(most - fewest + 1);
  }
}
