package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * One surface, as readers see it. Reads never change it. Not thread-safe.
 *
 * @param <T> what the tables say of one row
 */
public interface Copies<T> extends AutoCloseable {
  Surface surface();

  /**
   * All that the surface has of a bucket.
   *
   * @param known ids that the tables or another surface have, for a store that can only be asked by
   *     key
   */
  Map<Id, Copy<T>> read(IdBucket bucket, Collection<Id> known) throws Exception;

  /** What it has of some rows; those that it has not are left out. */
  Map<Id, Copy<T>> read(Ids ids) throws Exception;

  /** What stands for a row that it has not. */
  Copy<T> absent();

  /**
   * How long a difference that settles later may stand. A copy may show more than is committed: an
   * announcement without its row is taken back after the grace. Or it may follow later than the
   * surface's progress promises the rest. Zero where a surface shows rows alone, and at once.
   */
  Duration settlesWithin();

  /**
   * How much older than its surface's progress a copy that changes all the while may be; zero where
   * nothing follows later.
   */
  default Duration lag() {
    return Duration.ZERO;
  }

  @Override
  void close();
}
