package com.shareuptime.streams.proof.thread;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again until what it sees is enough, or until time is up. */
public final class Until {
  @FunctionalInterface
  public interface Look<T> {
    T look() throws InterruptedException;
  }

  private Until() {}

  /** The first that is enough, or the last one that was seen in time. */
  public static <T> T enough(
      Duration patience, Duration every, Look<T> look, Predicate<? super T> isEnough)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      T seen = look.look();
      if (isEnough.test(seen) || System.nanoTime() > deadline) {
        return seen;
      }
      Thread.sleep(every.toMillis());
    }
  }

  /** False if it has not become true in time. */
  public static boolean isTrue(Duration patience, Duration every, Look<Boolean> look)
      throws InterruptedException {
    return enough(patience, every, look, Boolean::booleanValue);
  }

  /**
   * @throws IllegalStateException with what is otherwise, if it has not become true in time
   */
  public static void requireTrue(
      Duration patience, Duration every, Look<Boolean> look, Supplier<String> otherwise)
      throws InterruptedException {
    if (!isTrue(patience, every, look)) {
      throw new IllegalStateException(
          "After %d s %s".formatted(patience.toSeconds(), otherwise.get()));
    }
  }
}
