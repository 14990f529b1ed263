package com.shareuptime.streams.local.check;

import com.shareuptime.streams.local.traffic.Change;

/** The counters of one target. */
public record Counts(long likes, long comments, long shares) {
  public static final Counts ZERO = new Counts(0, 0, 0);

  boolean isZero() {
    return equals(ZERO);
  }

  boolean isNegative() {
    return likes < 0 || comments < 0 || shares < 0;
  }

  /** Whether none of them is smaller than the other's. */
  boolean reaches(Counts floor) {
    return likes >= floor.likes && comments >= floor.comments && shares >= floor.shares;
  }

  /** With rows added by a change that adds. */
  Counts plus(Change change, int rows) {
    return switch (change) {
      case LIKE -> new Counts(likes + rows, comments, shares);
      case COMMENT -> new Counts(likes, comments + rows, shares);
      case SHARE -> new Counts(likes, comments, shares + rows);
      default -> throw new IllegalArgumentException(change + " does not only add");
    };
  }

  @Override
  public String toString() {
    return "%d likes, %d comments, %d shares".formatted(likes, comments, shares);
  }
}
