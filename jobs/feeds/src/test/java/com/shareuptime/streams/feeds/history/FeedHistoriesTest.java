package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of the tables, read by the job's own operators in random orders, with failures
 * and restores from older checkpoints: no reader misses what progress has promised, and after quiet
 * nothing at all.
 *
 * <p>The same ones each time, so that a build can be repeated; {@code -Dfeeds.histories=5000
 * -Dfeeds.seed=7} for others, or for one again.
 */
class FeedHistoriesTest {
  @Test
  void noPageMissesWhatProgressPromises() throws Exception {
    int histories = Integer.getInteger("feeds.histories", 100);
    long first = Long.getLong("feeds.seed", 864_000);
    long fromFeeds = 0;
    for (long seed = first; seed < first + histories; seed++) {
      fromFeeds += history(seed);
    }
    assertThat(fromFeeds).as("pages that came from feeds").isGreaterThan(histories * 10L);
  }

  /** Returns how many looks found a feed. */
  private static long history(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(~seed);
    long fromFeeds = 0;
    try (Run run = new Run(seed, Run.WIDEST)) {
      World world = run.world;
      for (long user = 1; user <= World.USERS; user++) {
        for (int i = 0; i < 3; i++) {
          world.follow(user, world.user());
        }
        world.now++;
        world.activity(user);
      }
      List<Pipeline.Checkpoint> checkpoints = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        world.change();
        run.steps(random.nextInt(30));
        fromFeeds += run.look("change " + i);
        if (random.nextInt(15) == 0) {
          checkpoints.add(run.checkpoint());
        }
        if (random.nextInt(60) == 0) {
          for (int back = random.nextInt(3) / 2; back > 0 && !checkpoints.isEmpty(); back--) {
            checkpoints.remove(checkpoints.size() - 1);
          }
          run.restoreSomehow(checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1));
        }
        if (random.nextInt(run.store.away ? 15 : 80) == 0) {
          run.goAwayOrComeBack();
        }
        if (random.nextInt(10) == 0) {
          run.syncStore();
        } else if (random.nextInt(50) == 0) {
          run.loseTail();
        }
      }
      run.quiet();
    }
    return fromFeeds;
  }
}
