package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks how far one surface is, for all threads that wait for it. */
final class SurfaceWatch {
  /** A surface moves a few times a second: to look more often is of little use. */
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * What a look has shown.
   *
   * @param visible empty if nothing is known
   * @param isRedisThere whether Redis has answered
   */
  record Seen(Optional<Lsn> visible, boolean isRedisThere) {
    private boolean passed(Lsn position) {
      return visible.isPresent() && visible.get().compareTo(position) >= 0;
    }
  }

  /** One of the two is null: what a look has shown, or why it has failed. */
  private record Look(long begun, Seen seen, UnavailableException failure) {
    private boolean isRedisThere() {
      return seen != null && seen.isRedisThere;
    }
  }

  private final Supplier<Seen> store;
  private final LongSupplier clock;
  private final ReentrantLock looking = new ReentrantLock();
  private Look latest;

  /**
   * @param store throws {@link UnavailableException} if it cannot say
   * @param clock nanoseconds
   */
  SurfaceWatch(Supplier<Seen> store, LongSupplier clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Waits until the surface has passed a position.
   *
   * @param inRedis whether that is of no use without Redis
   * @return whether it has passed within the time; empty as soon as Redis is away, if it is needed
   * @throws UnavailableException if the store could not say at the end
   */
  Optional<Boolean> waitFor(Lsn position, Duration timeout, boolean inRedis)
      throws InterruptedException {
    long begin = clock.getAsLong();
    long end = begin + timeout.toNanos();
    UnavailableException failure = null;
    while (true) {
      // of before this thread came, a look says nothing; of a moment ago, it is as good as one of
      // now
      long moment = Math.max(begin, clock.getAsLong() - EVERY_NANOS);
      Look look = lookSince(moment, end);
      if (look != null) {
        if (inRedis && !look.isRedisThere()) {
          return Optional.empty();
        }
        if (look.seen != null && look.seen.passed(position)) {
          return Optional.of(true);
        }
        failure = look.failure;
      }
      long left = end - clock.getAsLong();
      if (left <= 0) {
        if (failure != null) {
          throw failure;
        }
        return Optional.of(false);
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, EVERY_NANOS));
    }
  }

  /**
   * A look that began no earlier than a moment: in an older one the surface may have been further,
   * before a store lost data. Null if another thread's takes until the end.
   */
  private Look lookSince(long moment, long end) throws InterruptedException {
    if (!looking.tryLock(Math.max(0, end - clock.getAsLong()), TimeUnit.NANOSECONDS)) {
      return null;
    }
    try {
      if (latest == null || latest.begun - moment < 0) {
        latest = look();
      }
      return latest;
    } finally {
      looking.unlock();
    }
  }

  private Look look() {
    long begun = clock.getAsLong();
    try {
      return new Look(begun, store.get(), null);
    } catch (UnavailableException e) {
      return new Look(begun, null, e);
    }
  }
}
