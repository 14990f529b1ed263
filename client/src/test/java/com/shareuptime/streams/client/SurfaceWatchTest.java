package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.client.SurfaceWatch.Seen;
import com.shareuptime.streams.contract.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SurfaceWatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicLong position = new AtomicLong(10);
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean isRedisThere = true;
  private final SurfaceWatch watch = new SurfaceWatch(this::look, System::nanoTime);

  private Seen look() {
    looks.incrementAndGet();
    return new Seen(Optional.of(new Lsn(position.get())), isRedisThere);
  }

  @Test
  void whatIsPassedIsSeenAtOnce() throws InterruptedException {
    assertThat(watch.waitFor(new Lsn(10), Duration.ZERO, false)).contains(true);
    assertThat(watch.waitFor(new Lsn(11), Duration.ZERO, false)).contains(false);
  }

  /** A surface that has gone back since an older look has not passed it any more. */
  @Test
  void noOlderLookIsUsed() throws InterruptedException {
    assertThat(watch.waitFor(new Lsn(10), Duration.ZERO, false)).contains(true);
    position.set(3);
    assertThat(watch.waitFor(new Lsn(10), Duration.ZERO, false)).contains(false);
  }

  @Test
  void oneLooksForAllThatWait() throws Exception {
    int waiting = 40;
    ExecutorService threads = Executors.newFixedThreadPool(waiting);
    try {
      List<Future<Optional<Boolean>>> seen = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < waiting; i++) {
        seen.add(threads.submit(() -> watch.waitFor(new Lsn(20), LONG, false)));
      }
      while (looks.get() < 60) {
        Thread.onSpinWait();
      }
      position.set(20);
      for (Future<Optional<Boolean>> answer : seen) {
        assertThat(answer.get()).contains(true);
      }
      long rounds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 20 + 1;
      // each thread has one look of its own at the most; from then on they share them
      assertThat(looks.get()).isLessThanOrEqualTo((int) (waiting + 2 * rounds));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoNeedsRedisDoesNotWaitWhileItIsAway() throws InterruptedException {
    isRedisThere = false;
    assertThat(watch.waitFor(new Lsn(20), LONG, true)).isEmpty();
  }

  @Test
  void onlyAtTheEndNobodyCouldSay() {
    SurfaceWatch broken =
        new SurfaceWatch(
            () -> {
              looks.incrementAndGet();
              throw new UnavailableException("away", null);
            },
            System::nanoTime);
    assertThatThrownBy(() -> broken.waitFor(new Lsn(1), Duration.ofMillis(100), false))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("away");
    assertThat(looks.get()).isGreaterThan(1);
  }

  @Test
  void aStoreThatComesBackInTimeIsNoFailure() throws InterruptedException {
    SurfaceWatch late =
        new SurfaceWatch(
            () -> {
              if (looks.incrementAndGet() < 4) {
                throw new UnavailableException("away", null);
              }
              return look();
            },
            System::nanoTime);
    assertThat(late.waitFor(new Lsn(10), LONG, false)).contains(true);
  }
}
