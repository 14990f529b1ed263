package com.shareuptime.streams.proof.bench.feedcost;

/**
 * What users do.
 *
 * @param active share of users who have a feed, alike among the followers of every author
 * @param postsPerDay of an author, the mean over all authors
 * @param postGrowth how an author's posts grow with followers: as followers to the power of this; 0
 *     means that all post alike
 * @param readsPerDay pages that a reader who has a feed reads, the mean over these readers
 */
record Load(double active, double postsPerDay, double postGrowth, double readsPerDay) {
  Load {
    if (active <= 0 || active > 1 || postsPerDay <= 0 || postGrowth < 0 || readsPerDay <= 0) {
      throw new IllegalArgumentException(
          "The active share lies in ]0, 1], posts and reads a day are above 0, growth is at least 0");
    }
  }
}
