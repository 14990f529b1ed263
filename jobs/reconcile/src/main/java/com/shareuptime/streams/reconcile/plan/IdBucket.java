package com.shareuptime.streams.reconcile.plan;

import java.io.Serializable;

/**
 * A range of ids that is compared in one go.
 *
 * @param first the lowest id of the range, which names it
 * @param last the highest id of the range
 */
public record IdBucket(Scope scope, long first, long last) implements Serializable {
  static IdBucket numbered(Scope scope, long number) {
    long first = number << scope.bucketBits();
    return new IdBucket(scope, first, first + (1L << scope.bucketBits()) - 1);
  }

  /** The name of one of its rows, over all scopes: {@code post:42}. */
  public String key(long id) {
    return scope.keyPrefix() + ":" + id;
  }
}
