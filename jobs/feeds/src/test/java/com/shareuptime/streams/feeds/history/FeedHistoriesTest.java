package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of the tables, read by the job's own operators in random orders: no reader
 * misses what progress has promised, and after quiet nothing at all. A post counts as found where a
 * zset has it at its own position, as readers look for it.
 *
 * <p>Drawn are, beside what {@link World} does: checkpoints, and restores from the newest, an older
 * one or none, with 1 to 12 subtasks and another size of timelines; runs that were given up and go
 * on writing, and publishing progress, beside the one that replaces them; a Redis that is away for
 * long, and one that loses its last writes, which the sinks send again; ids that are UUIDs or texts
 * in two of three histories, and in the third numbers whose low bits never change.
 *
 * <p>Judged is also that after a start without state nothing is pushed before all tables have been
 * read, however often that is begun again, and that the job trims behind one of some 32 pushes.
 *
 * <p>Not drawn: a Redis that loses its last writes while a run that was given up writes, or more
 * than its writers remember (that is noticed, and tested, elsewhere); unaligned checkpoints; a
 * store whose fences have expired; bounds that are as large as the real ones, though they keep
 * their relations: fewest posts of an author &lt; a timeline &lt; a feed.
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
    long[] trims = new long[2];
    for (long seed = first; seed < first + histories; seed++) {
      fromFeeds += named(seed, trims);
      if (trims[0] > 5_000) {
        assertThat(trims[0] / Math.max(1.0, trims[1]))
            .as("behind one of so many pushes the job trims a feed, by seed %d", seed)
            .isBetween(20.0, 50.0);
      }
    }
    assertThat(fromFeeds).as("pages that came from feeds").isGreaterThan(histories * 10L);
  }

  /** One history, whose seed is said if it fails. */
  private static long named(long seed, long[] trims) throws Exception {
    try {
      return history(seed, trims);
    } catch (AssertionError e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }

  /**
   * Returns how many looks found a feed.
   *
   * @param trims how many pushes there were, and behind how many of them the job trims
   */
  private static long history(long seed, long[] trims) throws Exception {
    SplittableRandom random = new SplittableRandom(~seed);
    long fromFeeds = 0;
    try (Run run = new Run(seed, DrawnIds.ofSeed(seed), Run.WIDEST)) {
      World world = run.world;
      for (Id user : world.users(1, World.USERS)) {
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
          if (random.nextInt(10) == 0) {
            checkpoints.clear();
          }
          for (int back = random.nextInt(3) / 2; back > 0 && !checkpoints.isEmpty(); back--) {
            checkpoints.remove(checkpoints.size() - 1);
          }
          run.restoreSomehow(
              checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1));
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
      trims[0] += run.pushes();
      trims[1] += run.trimmed();
    }
    return fromFeeds;
  }
}
