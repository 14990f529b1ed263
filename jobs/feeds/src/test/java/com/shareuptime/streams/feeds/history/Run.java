package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A world, the job that reads it, and the store that it writes, with tiny limits so that everything
 * happens often.
 */
final class Run implements AutoCloseable {
  /** An author with more active followers than this is pulled. */
  static final int THRESHOLD = 3;

  /** Milliseconds after which a user who does nothing has no feed. */
  static final long WINDOW = 6_000;

  private static final int FEED = 7;
  private static final int TIMELINE = 3;

  final World world;
  final FeedStore store;
  private final long seed;
  private final SplittableRandom random;
  private final FanOutSettings fanOut;
  private final AudienceSettings audience;
  private Pipeline pipeline;
  private long promised = Long.MIN_VALUE;
  private long nextCheckpoint = 1;

  Run(long seed) throws Exception {
    this.seed = seed;
    random = new SplittableRandom(seed);
    world = new World(random.split());
    SplittableRandom trims = random.split();
    store =
        new FeedStore(
            FEED, TIMELINE, (push, user) -> push.posts().size() > 1 || trims.nextInt(4) == 0);
    fanOut = new FanOutSettings(THRESHOLD, TIMELINE, 20);
    audience = new AudienceSettings(WINDOW, FEED, TIMELINE, 2_000, 1_000_000, world.now, 20);
    pipeline = new Pipeline(world, store, fanOut, audience, random.split(), null);
  }

  /** Moves something in the job, so many times. */
  void steps(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      pipeline.step();
      promised = Math.max(promised, pipeline.progress());
    }
  }

  /** Moves until something is so. */
  void until(BooleanSupplier isSo) throws Exception {
    for (int i = 0; !isSo.getAsBoolean(); i++) {
      assertThat(i).as("seed %d: moves until it is so", seed).isLessThan(5_000);
      steps(1);
    }
  }

  /** Takes a checkpoint that completes. */
  Pipeline.Checkpoint checkpoint() throws Exception {
    Pipeline.Checkpoint checkpoint = pipeline.checkpoint(nextCheckpoint++);
    pipeline.complete(checkpoint);
    return checkpoint;
  }

  /** The job fails and goes on from a checkpoint, or from nothing. */
  void restore(Pipeline.Checkpoint from) throws Exception {
    pipeline.close();
    pipeline = new Pipeline(world, store, fanOut, audience, random.split(), from);
  }

  /** Nothing changes but that users stay active, until all is read and decided. */
  void quiet() throws Exception {
    for (int round = 0; round < 5; round++) {
      for (long user = 1; user <= World.USERS; user++) {
        world.activity(user);
      }
      settle();
    }
    look(Long.MAX_VALUE, "after quiet");
  }

  /** All is read and decided; nobody does anything. */
  void settle() throws Exception {
    world.now += 300;
    world.beat();
    checkpoint();
    pipeline.settle();
    promised = Math.max(promised, pipeline.progress());
  }

  /** Whether a user's feed serves posts from a position on. */
  boolean serves(long user, long position) {
    return store.bound(user) < position;
  }

  /** Checks what every reader finds by now; returns how many looks found a feed. */
  int look(String when) {
    return look(promised, when);
  }

  /** Reads every feed as a reader does, and looks for what is missing above its bound. */
  private int look(long promise, String when) {
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
                  "seed %d, %s: user %d misses post %d of %d (at %d, bound %d); %d is promised",
                  seed, when, user, post.id, post.author, post.position, bound, promise)
              .isGreaterThan(promise);
        }
      }
    }
    return fromFeeds;
  }

  @Override
  public void close() throws Exception {
    pipeline.close();
  }
}
