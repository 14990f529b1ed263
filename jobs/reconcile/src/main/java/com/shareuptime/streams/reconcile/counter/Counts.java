package com.shareuptime.streams.reconcile.counter;

/** The counts of a post or reel. */
record Counts(long likes, long comments, long shares) {
  static final Counts ZERO = new Counts(0, 0, 0);

  /** Each of them no less than in the one and no more than in the other, whichever is larger. */
  boolean liesBetween(Counts a, Counts b) {
    return isBetween(likes, a.likes, b.likes)
        && isBetween(comments, a.comments, b.comments)
        && isBetween(shares, a.shares, b.shares);
  }

  private static boolean isBetween(long value, long a, long b) {
    return value >= Math.min(a, b) && value <= Math.max(a, b);
  }

  /** As JSON: what a correction sends. */
  @Override
  public String toString() {
    return "{\"likes\":%d,\"comments\":%d,\"shares\":%d}".formatted(likes, comments, shares);
  }
}
