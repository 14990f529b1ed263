package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.plan.IdBucket;

/** A bucket on one surface, while some of its rows are under suspicion. */
final class OpenBucket {
  final IdBucket bucket;
  final Surface surface;
  private final Moment moment;
  private final long compared;
  private final long sourceMillis;
  private long suspects;
  private long moving;
  private long wrong;
  private long unverified;

  /**
   * @param moment before the tables were read: all that was committed up to it is compared
   */
  OpenBucket(IdBucket bucket, Surface surface, Moment moment, long compared, long sourceMillis) {
    this.bucket = bucket;
    this.surface = surface;
    this.moment = moment;
    this.compared = compared;
    this.sourceMillis = sourceMillis;
  }

  void suspect() {
    suspects++;
  }

  void settled(Verdict verdict) {
    suspects--;
    switch (verdict) {
      case MOVING -> moving++;
      case WRONG -> wrong++;
      case UNVERIFIED -> unverified++;
      default -> {}
    }
  }

  boolean isSettled() {
    return suspects == 0;
  }

  Ledger.Result result() {
    return new Ledger.Result(
        bucket, surface, moment, compared, moving, wrong, unverified, sourceMillis);
  }
}
