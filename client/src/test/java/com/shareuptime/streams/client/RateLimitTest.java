package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong(1);
  private final RateLimit limit = new RateLimit(Duration.ofMinutes(5), now::get);

  @Test
  void oneRequestOfASubjectIsLetThroughInAnInterval() {
    assertThat(limit.admits(new RebuildFeed(Id.of(7)))).isTrue();
    assertThat(limit.admits(new RebuildFeed(Id.of(7)))).isFalse();
    assertThat(limit.admits(new RebuildTimeline(Id.of(7)))).as("another subject").isTrue();
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(limit.admits(new RebuildFeed(Id.of(7)))).isTrue();
    assertThat(limit.admits(new RebuildFeed(Id.of(7)))).isFalse();
  }

  @Test
  void manyRequestsDoNotPileUp() {
    for (long user = 0; user < 100_000; user++) {
      assertThat(limit.admits(new RebuildFeed(Id.of(user)))).isTrue();
    }
    assertThat(limit.admits(new RebuildFeed(Id.of(99_999)))).isFalse();
    assertThat(limit.admits(new RebuildFeed(Id.of(0)))).as("forgotten").isTrue();
  }
}
