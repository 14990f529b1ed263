package com.shareuptime.streams.counters.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  private static final long HORIZON = 1_000;

  @Test
  void noRepeatWithinTheHorizonIsSurelyNew() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RecentIds recent = new RecentIds(HORIZON, Long.MIN_VALUE, RecentIds.WORDS);
      Map<Long, Long> seen = new HashMap<>();
      long clock = 1_000_000;
      for (int i = 0; i < 5_000; i++) {
        clock += random.nextInt(10) == 0 ? random.nextInt(2_000) : random.nextInt(10);
        long appendedAt = clock - random.nextInt(1_500); // partitions are read at their own pace
        long id = Fingerprint.of("id-" + random.nextInt(300));
        Long before = seen.get(id);
        if (before != null && appendedAt - before <= HORIZON) {
          assertThat(recent.surelyNew(id, appendedAt)).as("seed %d, event %d", seed, i).isFalse();
        } else {
          recent.add(id, appendedAt);
          seen.put(id, appendedAt);
        }
      }
    }
  }

  @Test
  void nearlyAllNewIdsAreSurelyNew() {
    RecentIds recent = new RecentIds(HORIZON, Long.MIN_VALUE, RecentIds.WORDS);
    int mistaken = 0;
    for (int i = 0; i < 1_000_000; i++) {
      long id = Fingerprint.of("id-" + i);
      mistaken += recent.surelyNew(id, 5_000 + i / 1_000) ? 0 : 1;
      recent.add(id, 5_000 + i / 1_000);
    }
    assertThat(mistaken).isLessThan(1_000);
  }

  @Test
  void nothingIsSurelyNewWhileEarlierIdsAreNotKnown() {
    RecentIds recent = new RecentIds(HORIZON, 7_000, RecentIds.WORDS);
    assertThat(recent.surelyNew(1, 6_999)).isFalse();
    assertThat(recent.surelyNew(1, 7_000)).isTrue();
  }
}
