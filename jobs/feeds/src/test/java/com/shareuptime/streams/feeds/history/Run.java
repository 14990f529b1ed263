package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.sink.FeedKeys;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
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

  /** As the real ones: fewest of each author < timeline < feed, but not by much. */
  private static final int FEWEST = 2;

  private static final int TIMELINE = 4;
  private static final int FEED = 9;
  static final int WIDEST = 12;

  final World world;
  final FeedStore store;
  private final long seed;
  private final int widest;
  private final SplittableRandom random;
  private final AtomicLong runs = new AtomicLong();
  private long startedAt;
  private final List<Pipeline> dead = new ArrayList<>();
  private Pipeline pipeline;
  private FeedStore onDisk;
  private boolean hasLateWrites;
  private long promised = Long.MIN_VALUE;
  private long nextCheckpoint = 1;
  private long pushes;
  private long trimmed;

  /**
   * @param ids of users and posts
   * @param widest how many subtasks a run of the job has at most; many take long to move anything
   */
  Run(long seed, DrawnIds ids, int widest) throws Exception {
    this.seed = seed;
    this.widest = widest;
    random = new SplittableRandom(seed);
    world = new World(ids, random.split());
    store = new FeedStore(FEED, TIMELINE, trims(random.split()));
    start(TIMELINE, null);
  }

  /** Trims more often than the job, as these feeds are short; notes how often the job would. */
  private BiPredicate<FeedWrite.Push, Id> trims(SplittableRandom more) {
    return (push, user) -> {
      if (push.posts().size() > 1) {
        return true;
      }
      pushes++;
      boolean trims = FeedKeys.trims(push, user);
      trimmed += trims ? 1 : 0;
      return trims || more.nextInt(4) == 0;
    };
  }

  /** How many pushes of one post to one user there were. */
  long pushes() {
    return pushes;
  }

  /** Behind how many of them the job trims the feed. */
  long trimmed() {
    return trimmed;
  }

  private void start(int timeline, Pipeline.Checkpoint from) throws Exception {
    startedAt = from == null ? world.now : startedAt;
    var settings =
        new Pipeline.Settings(
            random.nextInt(6) == 0 ? 1 + random.nextInt(widest) : 1 + random.nextInt(2),
            new FanOutSettings(THRESHOLD, timeline, 20),
            new AudienceSettings(WINDOW, FEED, timeline, 2_000, 1_000_000, startedAt, 20, FEWEST),
            runs::incrementAndGet);
    store.resizeTimelines(timeline);
    pipeline = new Pipeline(world, store, settings, random.split(), from);
    syncStore();
  }

  /** Moves something in the job, so many times. */
  void steps(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      pipeline.step();
      note(pipeline);
      if (!dead.isEmpty() && random.nextInt(4) == 0) {
        late(dead.get(random.nextInt(dead.size())));
      }
    }
  }

  private void note(Pipeline one) {
    promised = Math.max(promised, one.progress());
    assertThat(pipeline.isFenced()).as("seed %d: the live run is refused", seed).isFalse();
  }

  /** A dead run that has woken up moves, until it is refused or ends. */
  private void late(Pipeline one) throws Exception {
    one.step();
    hasLateWrites = true;
    note(one);
    if (one.isFenced() || random.nextInt(100) == 0) {
      one.close();
      dead.remove(one);
    }
  }

  /** Moves until something is so. */
  void until(BooleanSupplier isSo) throws Exception {
    for (int i = 0; !isSo.getAsBoolean(); i++) {
      assertThat(i).as("seed %d: moves until it is so", seed).isLessThan(50_000);
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
    start(TIMELINE, from);
  }

  /** The same, at random with another size of timelines; what has failed may wake up later. */
  void restoreSomehow(Pipeline.Checkpoint from) throws Exception {
    if (random.nextInt(2) == 0) {
      dead.add(pipeline);
    } else {
      pipeline.close();
    }
    start(random.nextInt(3) == 0 ? TIMELINE - 1 + random.nextInt(3) : TIMELINE, from);
  }

  /** The job's process stops; another goes on from a checkpoint. Returns what may wake up. */
  Pipeline freeze(Pipeline.Checkpoint from) throws Exception {
    Pipeline frozen = pipeline;
    start(TIMELINE, from);
    return frozen;
  }

  /** Of the run that goes on, nothing gets to Redis until it is stopped. */
  void holdWrites() {
    pipeline.holdWrites(true);
  }

  /** A timeline is asked for. */
  void rewrite(Id author) {
    pipeline.rewrite(author);
  }

  /** A process that was stopped writes what it has in hand, and ends. */
  void wake(Pipeline frozen) throws Exception {
    frozen.holdWrites(false);
    frozen.flush();
    frozen.close();
  }

  /** Redis writes its log to the disk. */
  void syncStore() {
    onDisk = store.copy();
    pipeline.copied();
    hasLateWrites = false;
  }

  /**
   * Redis is killed, and comes back with what its log has; its writers send the last again. Not
   * while a dead run writes as well, which sends nothing again.
   */
  void loseTail() {
    if (!hasLateWrites && !store.away && pipeline.remembers()) {
      store.become(onDisk);
      pipeline.sendAgain();
      syncStore();
    }
  }

  /** Redis goes away, or comes back. */
  void goAwayOrComeBack() {
    store.away = !store.away;
  }

  /** Nothing changes but that users stay active and read, until all is read and decided. */
  void quiet() throws Exception {
    store.away = false;
    for (Pipeline one : List.copyOf(dead)) {
      for (int i = random.nextInt(60); i > 0 && dead.contains(one); i--) {
        late(one);
      }
      one.flush();
      note(one);
      one.close();
      dead.remove(one);
    }
    for (int round = 0; round < 5 || round < 20 && !haveAllFeeds(); round++) {
      for (Id user : world.users(1, World.USERS)) {
        world.act(user);
        if (!store.hasFeed(user)) {
          world.rebuild(user);
        }
      }
      settle();
    }
    assertThat(haveAllFeeds()).as("seed %d: who is active has a feed", seed).isTrue();
    look(Long.MAX_VALUE, "after quiet");
  }

  /** Whether all who are not deactivated have a feed. */
  private boolean haveAllFeeds() {
    for (Id user : world.users(1, World.USERS)) {
      if (!world.deactivated.contains(user) && !store.hasFeed(user)) {
        return false;
      }
    }
    return true;
  }

  /** All is read and decided; nobody does anything. */
  void settle() throws Exception {
    world.now += 300;
    world.beat();
    checkpoint();
    pipeline.settle();
    note(pipeline);
  }

  /** Whether a user's feed serves posts from a position on. */
  boolean serves(Id user, long position) {
    return store.bound(user) < position;
  }

  /** Checks what every reader finds by now; returns how many looks found a feed. */
  int look(String when) {
    return look(promised, when);
  }

  /** Reads every feed as a reader does, and looks for what is missing above its bound. */
  private int look(long promise, String when) {
    int fromFeeds = 0;
    for (Id user : world.users(1, World.USERS)) {
      long bound = store.bound(user);
      if (bound == Long.MAX_VALUE) {
        continue;
      }
      fromFeeds++;
      for (World.Post post : world.feed(user)) {
        if (post.position > bound && !store.finds(user, post.id, post.position)) {
          assertThat(world.seenSince(user, post))
              .as(
                  "seed %d, %s: user %s misses post %s of %s (at %d, bound %d); %d is promised",
                  seed, when, user, post.id, post.author, post.position, bound, promise)
              .isGreaterThan(promise);
        }
      }
    }
    return fromFeeds;
  }

  @Override
  public void close() throws Exception {
    for (Pipeline one : dead) {
      one.close();
    }
    pipeline.close();
  }
}
