package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.plan.IdBucket;

/** Is told what a comparison has come to. */
public interface Ledger {
  /**
   * Something about a row that an operator must know.
   *
   * @param kind as {@code streams.reconcile_findings} has it
   * @param lsn of the reading of the tables that it differs from
   */
  record Finding(
      Surface surface, String key, String kind, Difference difference, long version, Moment lsn) {}

  /**
   * All of a bucket has been compared on one surface.
   *
   * @param moment all that was committed up to it is in the comparison, and perhaps more
   * @param compared rows
   * @param sourceMillis that the source was busy for it
   */
  record Result(
      IdBucket bucket,
      Surface surface,
      Moment moment,
      long compared,
      long moving,
      long wrong,
      long unverified,
      long sourceMillis) {}

  void found(Finding finding) throws Exception;

  void compared(Result result) throws Exception;
}
