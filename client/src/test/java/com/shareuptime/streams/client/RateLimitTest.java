package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong(1);
  private final RateLimit limit = new RateLimit(Duration.ofMinutes(5), now::get);

  @Test
  void oneRequestOfASubjectIsLetThroughInAnInterval() {
    assertThat(limit.admits(RebuildRequest.user(7))).isTrue();
    assertThat(limit.admits(RebuildRequest.user(7))).isFalse();
    assertThat(limit.admits(RebuildRequest.author(7))).as("another subject").isTrue();
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(limit.admits(RebuildRequest.user(7))).isTrue();
    assertThat(limit.admits(RebuildRequest.user(7))).isFalse();
  }

  @Test
  void manyRequestsDoNotPileUp() {
    for (long user = 0; user < 100_000; user++) {
      assertThat(limit.admits(RebuildRequest.user(user))).isTrue();
    }
    assertThat(limit.admits(RebuildRequest.user(99_999))).isFalse();
    assertThat(limit.admits(RebuildRequest.user(0))).as("forgotten").isTrue();
  }
}
