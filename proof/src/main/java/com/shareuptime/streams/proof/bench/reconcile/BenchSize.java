package com.shareuptime.streams.proof.bench.reconcile;

/** How much the tables hold; about as many likes, as they are spread by formula. */
record BenchSize(int posts, int likes, int users) {
  BenchSize {
    if (posts < 1 || likes < 1 || users < 100) {
      throw new IllegalArgumentException(
          "there must be a post, a like, and users for feeds: 100 or more");
    }
  }

  /** Users who post: every other one. */
  int authors() {
    return users / 2;
  }

  /** Users who have a feed: one of ten. */
  int readers() {
    return users / 10;
  }
}
