package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of the tables, read by the job's own operators in random orders, with failures
 * and restores from older checkpoints: no reader misses what progress has promised, and after quiet
 * nothing at all. Limits are tiny, so that everything happens often.
 *
 * <p>{@code -Dfeeds.histories=5000 -Dfeeds.seed=7} for more, or for one again.
 */
class FeedHistoriesTest {
  private static final int FEED = 7;
  private static final int TIMELINE = 3;
  private static final int THRESHOLD = 3;
  private static final long WINDOW = 1_500;

  @Test
  void noPageMissesWhatProgressPromises() throws Exception {
    int histories = Integer.getInteger("feeds.histories", 150);
    long first = Long.getLong("feeds.seed", System.nanoTime() % 1_000_000);
    long fromFeeds = 0;
    for (long seed = first; seed < first + histories; seed++) {
      fromFeeds += history(seed);
    }
    assertThat(fromFeeds).as("pages that came from feeds").isGreaterThan(histories * 10L);
  }

  /** Returns how many looks found a feed. */
  private static long history(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World(random.split());
    FeedStore store = new FeedStore(FEED, TIMELINE, random.split());
    FanOutSettings fanOut = new FanOutSettings(THRESHOLD, TIMELINE, 20);
    AudienceSettings audience =
        new AudienceSettings(WINDOW, FEED, TIMELINE, 2_000, 1_000_000, world.now, 20);
    for (long user = 1; user <= World.USERS; user++) {
      for (int i = 0; i < 3; i++) {
        world.follow(user, world.user());
      }
      world.now++;
      world.activity(user);
    }
    List<Pipeline.Checkpoint> checkpoints = new ArrayList<>();
    Pipeline pipeline = new Pipeline(world, store, fanOut, audience, random.split(), null);
    long promised = Long.MIN_VALUE;
    long fromFeeds = 0;
    long nextCheckpoint = 1;
    try {
      for (int i = 0; i < 400; i++) {
        world.change();
        for (int steps = random.nextInt(30); steps > 0; steps--) {
          pipeline.step();
          promised = Math.max(promised, pipeline.progress());
        }
        fromFeeds += look(world, store, promised, "seed " + seed + ", change " + i);
        if (random.nextInt(15) == 0) {
          Pipeline.Checkpoint checkpoint = pipeline.checkpoint(nextCheckpoint++);
          pipeline.complete(checkpoint);
          checkpoints.add(checkpoint);
        }
        if (random.nextInt(60) == 0) {
          for (int back = random.nextInt(3) / 2; back > 0 && !checkpoints.isEmpty(); back--) {
            checkpoints.remove(checkpoints.size() - 1);
          }
          Pipeline.Checkpoint from =
              checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
          pipeline.close();
          pipeline = new Pipeline(world, store, fanOut, audience, random.split(), from);
        }
      }
      for (int round = 0; round < 5; round++) {
        for (long user = 1; user <= World.USERS; user++) {
          world.activity(user);
        }
        world.now += 300;
        world.beat();
        pipeline.complete(pipeline.checkpoint(nextCheckpoint++));
        pipeline.settle();
      }
      fromFeeds += look(world, store, Long.MAX_VALUE, "seed " + seed + ", after quiet");
    } finally {
      pipeline.close();
    }
    return fromFeeds;
  }

  /** Reads every feed as a reader does, and looks for what is missing above its bound. */
  private static int look(World world, FeedStore store, long promised, String when) {
    int fromFeeds = 0;
    for (long user = 1; user <= World.USERS; user++) {
      long bound = store.bound(user);
      if (bound == Long.MAX_VALUE) {
        continue;
      }
      fromFeeds++;
      Set<Long> found = store.found(user);
      for (World.Post post : world.feed(user)) {
        if (post.position > bound && !found.contains(post.id)) {
          assertThat(world.seenSince(user, post))
              .as(
                  "%s: user %d misses post %d of %d (at %d, bound %d), though %d is promised",
                  when, user, post.id, post.author, post.position, bound, promised)
              .isGreaterThan(promised);
        }
      }
    }
    return fromFeeds;
  }
}
