package com.shareuptime.streams.contract;

/** The counters of one target. */
public record Counts(long likes, long comments, long shares) {
  public static final Counts ZERO = new Counts(0, 0, 0);

  public boolean isZero() {
    return equals(ZERO);
  }

  public boolean isNegative() {
    return likes < 0 || comments < 0 || shares < 0;
  }

  /** Whether none of them is smaller than the other's. */
  public boolean reaches(Counts floor) {
    return likes >= floor.likes && comments >= floor.comments && shares >= floor.shares;
  }

  @Override
  public String toString() {
    return "%d likes, %d comments, %d shares".formatted(likes, comments, shares);
  }
}
