package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Lsn;

/**
 * A moment of the source.
 *
 * @param lsn all that was committed before it is at or before this position
 * @param micros the source's clock, epoch microseconds
 */
public record Moment(long lsn, long micros) {
  /** As Postgres writes it: {@code 16/B374D848}. */
  public String lsnText() {
    return new Lsn(lsn).toString();
  }

  boolean isPassedBy(Moment progress, long settlesWithinMicros) {
    return Long.compareUnsigned(progress.lsn, lsn) >= 0
        && progress.micros >= micros + settlesWithinMicros;
  }
}
