package com.shareuptime.streams.cli.reconcile;

/**
 * What a run has found on a surface.
 *
 * @param moving rows that changed all the while, and lay between what the tables had
 * @param unverified rows of which nothing could be proven in time
 * @param sourceMillis that the source was busy for it
 * @param verifiedLsn everything committed up to it is verified; empty if not all of it ever was
 */
record SurfaceResult(
    String surface,
    long buckets,
    long compared,
    long wrong,
    long missing,
    long extra,
    long moving,
    long unverified,
    long sourceMillis,
    long freshnessMillis,
    String verifiedLsn) {

  long proven() {
    return wrong + missing + extra;
  }
}
