package com.shareuptime.streams.reconcile.plan;

/**
 * Which buckets a run compares.
 *
 * @param slices one of so many equal parts, that which was compared longest ago; 1 for all
 * @param again only those in which something was wrong or unverified when they were compared last
 */
public record Selection(int slices, boolean again) {
  /** For {@code having}, over the surfaces of a bucket. */
  String condition() {
    return again ? "bool_or(wrong > 0 or unverified > 0)" : "true";
  }

  /** How many of so many buckets. */
  int of(int all) {
    return (all + slices - 1) / slices;
  }

  @Override
  public String toString() {
    return again ? "again" : slices == 1 ? "all" : "1 of " + slices;
  }
}
