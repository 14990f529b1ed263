package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * The product's tables: the truth of some kind of row.
 *
 * @param <T> what they say of one row
 */
public interface Tables<T> {
  /**
   * All rows of a bucket, in one snapshot.
   *
   * @param shown the ids that some surface has a copy of; those who ask for less may look at these
   *     alone
   */
  Map<Id, T> read(Connection snapshot, IdBucket bucket, Collection<Id> shown) throws SQLException;

  /**
   * Ids that a bucket may have, for surfaces that can only be asked by key; none where these can
   * tell them by themselves.
   */
  default Ids candidates(Connection snapshot, IdBucket bucket) throws SQLException {
    return Ids.NONE;
  }

  /** Some rows, in one snapshot; those that are not there are left out. */
  Map<Id, T> read(Connection snapshot, Ids ids) throws SQLException;
}
