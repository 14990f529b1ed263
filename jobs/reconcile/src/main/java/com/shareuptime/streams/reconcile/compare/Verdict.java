package com.shareuptime.streams.reconcile.compare;

/** What becomes of a row that differed from the tables at first sight. */
enum Verdict {
  /** It may still catch up. */
  OPEN,
  /** It has caught up. */
  RIGHT,
  /** It changes all the while, and lies between what the tables had before and after. */
  MOVING,
  /** It has passed what the tables showed, and has not changed since before. */
  WRONG,
  /** It changed too often for a proof, or its surface did not get that far in time. */
  UNVERIFIED
}
