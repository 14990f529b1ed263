package com.shareuptime.streams.feeds.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentActivityTest {
  private static final long INTERVAL = 100;

  /** However little it remembers, and in whichever order times come. */
  @Test
  void whatIsKnownOfAUserIsLessThanAnIntervalBehind() {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RecentActivity recent = new RecentActivity(INTERVAL, 1 + random.nextInt(8));
      Map<Id, Long> said = new HashMap<>();
      for (int i = 0; i < 500; i++) {
        Id user = Id.of(1 + random.nextInt(12));
        long time = i * 10L + random.nextInt(400);
        if (recent.isNews(user, time)) {
          said.merge(user, time, Math::max);
        }
        assertThat(said.get(user)).as("seed %d", seed).isGreaterThan(time - INTERVAL);
      }
    }
  }

  /** Ids of snowflakes have low bits that never change. */
  @Test
  void usersWhoFitAreMostlyRemembered() {
    RecentActivity recent = new RecentActivity(INTERVAL, 1 << 12);
    long[] users = LongStream.rangeClosed(1, 1_000).map(n -> n << 22).toArray();
    for (long user : users) {
      assertThat(recent.isNews(Id.of(user), 1)).isTrue();
    }
    assertThat(LongStream.of(users).filter(user -> recent.isNews(Id.of(user), 2)).count())
        .as("users who were forgotten")
        .isLessThan(300);
  }
}
