package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import java.io.Serializable;
import java.util.stream.LongStream;

/**
 * A range of ids that is compared in one go.
 *
 * @param kind what the ids are
 * @param first the lowest id of the range, which names it
 * @param last the highest id of the range, or what none of it exceeds
 */
public record IdBucket(Scope scope, IdKind kind, Id first, Id last) implements Serializable {
  static IdBucket numbered(Scope scope, long number) {
    long first = number << scope.bucketBits();
    return new IdBucket(
        scope, IdKind.NUMBER, Id.of(first), Id.of(first + (1L << scope.bucketBits()) - 1));
  }

  /** The number of the bucket that an id is in. */
  static long number(Scope scope, Id id) {
    return id.number() >> scope.bucketBits();
  }

  /** Whether its ids can be told without asking anybody. */
  public boolean isCountable() {
    return kind == IdKind.NUMBER;
  }

  /** Each id that might be one of its rows: only if they can be told, and there are few. */
  public Ids ids() {
    return Ids.packed(LongStream.rangeClosed(first.number(), last.number()).toArray());
  }

  /** The name of one of its rows, over all scopes: {@code post:42}. */
  public String key(Id id) {
    return scope.keyPrefix() + ":" + id;
  }
}
