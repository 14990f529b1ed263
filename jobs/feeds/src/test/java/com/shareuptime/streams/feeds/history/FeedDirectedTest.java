package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.history.World.Post;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.Collections;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Single stories that went wrong, or could have, in designs that were not followed; each told to
 * the job in many orders.
 */
class FeedDirectedTest {
  private static final Id READER = Id.of(1);
  private static final Id AUTHOR = Id.of(8);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  private static Run everyoneActive(long seed) throws Exception {
    Run run = new Run(seed, DrawnIds.NUMBERS, 3);
    run.world.now++;
    run.quiet();
    return run;
  }

  /** One more follow the author than are pushed to. */
  private static void makeCelebrity(Run run) throws Exception {
    for (Id user : run.world.users(1, Run.THRESHOLD + 1)) {
      run.world.follow(user, AUTHOR);
    }
    run.quiet();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void followAgainIsReadBeforeTheUnfollow(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      run.quiet();
      world.unfollow(READER, AUTHOR);
      world.now++;
      world.follow(READER, AUTHOR);
      int last = world.readerTopic.size() - 1;
      Collections.swap(world.readerTopic, last - 1, last);
      run.steps(40);
      world.now++;
      Post post = world.post(AUTHOR);
      run.steps(40);
      run.look("before quiet");
      run.quiet();
      assertServed(run, post);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void demotionIsRolledBack(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      makeCelebrity(run);
      Post before = world.post(AUTHOR);
      run.quiet();
      assertThat(run.store.pulls.get(READER)).as("a celebrity is pulled").contains(AUTHOR);
      Pipeline.Checkpoint pulled = run.checkpoint();

      for (Id user : run.world.users(2, Run.THRESHOLD + 1)) {
        world.now++;
        world.unfollow(user, AUTHOR);
      }
      run.steps((int) (seed * 5)); // somewhere in the demotion, or before it
      run.restore(pulled);
      run.steps(20);
      Post after = world.post(AUTHOR);
      run.look("after the failure");
      run.quiet();
      assertServed(run, before);
      assertServed(run, after);
      assertThat(run.store.pulls.get(READER)).as("pulled no more").doesNotContain(AUTHOR);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void leaveOfAnInactiveReaderIsRolledBack(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      run.quiet();
      Pipeline.Checkpoint joined = run.checkpoint();

      world.now += Run.WINDOW + 1;
      run.settle();
      assertThat(run.serves(READER, world.now)).as("inactive").isFalse();
      Post missed = world.post(AUTHOR);
      run.steps(30);
      run.restore(joined);
      run.steps((int) seed * 3);
      world.activity(READER);
      Post later = world.post(AUTHOR);
      run.steps(30);
      run.look("back again");
      run.quiet();
      if (!run.serves(READER, missed.position)) { // dropped by the run that was taken back
        world.rebuild(READER);
        run.quiet();
      }
      assertServed(run, missed);
      assertServed(run, later);
    }
  }

  /** Redis holds the feed of a filling that never was; the one before it must not claim that. */
  @ParameterizedTest
  @MethodSource("seeds")
  void fillingIsRolledBackToTheOneBefore(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      makeCelebrity(run);
      world.now += Run.WINDOW / 2;
      othersActive(world);
      world.activity(READER);
      run.settle();
      world.now += Run.WINDOW / 2;
      othersActive(world);
      world.rebuild(READER);
      run.until(() -> run.store.fills.containsKey(READER));
      run.steps(40);
      Pipeline.Checkpoint filled = run.checkpoint();
      long late = world.now;

      world.now += Run.WINDOW / 2;
      world.beat();
      run.until(() -> !run.store.fills.containsKey(READER));
      long now = world.now;
      world.now = late; // what comes late to one run comes in time when it is read again
      world.activity(READER);
      world.now = now;
      run.until(() -> run.store.fills.containsKey(READER)); // the first answer of the next filling
      run.restore(filled);
      run.settle();
      othersActive(world);
      world.activity(READER);
      Post post = world.post(AUTHOR);
      run.settle();
      run.look("the filling before is back");
      world.rebuild(READER); // no reader finds a feed
      run.quiet();
      assertServed(run, post);
    }
  }

  private static void othersActive(World world) {
    for (Id user : world.users(2, World.USERS)) {
      world.activity(user);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oldPostIsRestored(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      run.quiet();
      Post old = world.post(AUTHOR);
      world.toggle(old);
      world.now++;
      world.post(AUTHOR);
      world.now++;
      world.post(AUTHOR);
      run.quiet();
      world.now++;
      world.toggle(old);
      run.steps(50);
      run.look("restored");
      run.quiet();
      assertServed(run, old);
    }
  }

  /** Older than all that the author's timeline keeps: it is there by the feed, or by the tables. */
  @ParameterizedTest
  @MethodSource("seeds")
  void postOlderThanTheTimelineIsRestored(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      makeCelebrity(run);
      Post old = world.post(AUTHOR);
      world.toggle(old);
      for (int i = 0; i < 5; i++) {
        world.now++;
        world.post(AUTHOR);
      }
      run.quiet();
      world.now++;
      world.toggle(old);
      run.steps(50);
      run.look("restored");
      run.quiet();
      assertThat(run.serves(READER, old.position)).as("too old for the timeline").isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void postIsDeletedForGood(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      run.quiet();
      Post kept = world.post(AUTHOR);
      world.now++;
      Post gone = world.post(AUTHOR);
      run.quiet();
      int row = world.postTopic.size() - 1;
      while (world.postTopic.get(row).value() == null) {
        row--;
      }
      world.now++;
      world.delete(gone);
      run.quiet();
      world.postTopic.add(world.postTopic.get(row)); // a replay repeats the row behind the delete
      run.quiet();
      run.world.now += Run.WINDOW + 1;
      run.settle(); // feeds are dropped, and filled anew
      run.quiet();
      assertServed(run, kept);
      assertThat(run.store.found(READER)).as("a new feed").doesNotContain(gone.id);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void authorIsDeactivatedAndComesBack(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      run.quiet();
      Post before = world.post(AUTHOR);
      world.now++;
      world.account(AUTHOR);
      run.quiet();
      assertThat(run.serves(AUTHOR, world.now)).as("a deactivated reader").isFalse();
      world.now++;
      world.account(AUTHOR);
      Post after = world.post(AUTHOR);
      run.steps(50);
      run.look("active again");
      run.quiet();
      assertServed(run, before);
      assertServed(run, after);
      assertThat(run.serves(AUTHOR, after.position)).as("a reader again").isTrue();
    }
  }

  /** A reader follows and unfollows the same author as fast as it goes. */
  @ParameterizedTest
  @MethodSource("seeds")
  void followIsChurned(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      for (int i = 0; i < 30; i++) {
        world.now++;
        world.follow(READER, AUTHOR);
        run.steps(7);
        Post post = world.post(AUTHOR);
        run.look("follows, post " + post.id);
        world.now++;
        world.unfollow(READER, AUTHOR);
        run.steps(5);
      }
      world.now++;
      world.follow(READER, AUTHOR);
      run.quiet();
      Post last = world.post(AUTHOR);
      run.quiet();
      assertServed(run, last);
    }
  }

  /** The product forbids it; a row may say it all the same. */
  @ParameterizedTest
  @MethodSource("seeds")
  void userFollowsHerself(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.tellFollow(READER, READER, true);
      run.quiet();
      world.now++;
      world.tellFollow(READER, READER, false);
      run.steps(20);
      Post own = world.post(READER);
      run.quiet();
      assertServed(run, own);
    }
  }

  /** Rows may name users whose own rows never come, and activity may name anybody. */
  @ParameterizedTest
  @MethodSource("seeds")
  void usersWhoNeverAppearHarmNobody(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      Id stranger = Id.of(1_000_077);
      world.follow(READER, AUTHOR);
      world.tellFollow(READER, stranger, true);
      world.tellFollow(stranger, AUTHOR, true);
      world.activity(stranger);
      run.steps(30);
      Post post = world.post(AUTHOR);
      run.look("beside strangers");
      run.quiet();
      assertServed(run, post);
    }
  }

  /** What a stopped process had in hand comes into the filling that the next makes in its place. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aDeadRunOpensTheSameFillingOnceMore(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      Post before = world.post(AUTHOR);
      run.quiet();
      Pipeline.Checkpoint checkpoint = run.checkpoint();
      world.now += 5_001;
      othersActive(world);
      world.activity(READER);
      world.rebuild(READER);
      run.holdWrites();
      run.steps(200);
      Pipeline frozen = run.freeze(checkpoint);
      run.until(() -> run.store.fills.containsKey(READER));
      Post after = world.post(AUTHOR);
      run.steps(50 + (int) seed * 5);
      run.wake(frozen);
      run.look("the dead run has written");
      run.quiet();
      assertServed(run, before);
      assertServed(run, after);
    }
  }

  /** A whole timeline, as a stopped process knew it, comes behind a post of the next run. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aDeadRunWritesATimelineFromBefore(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      makeCelebrity(run);
      Post before = world.post(AUTHOR);
      run.quiet();
      Pipeline.Checkpoint checkpoint = run.checkpoint();
      run.restore(checkpoint);
      run.settle();
      run.holdWrites();
      run.rewrite(AUTHOR);
      run.steps(200);
      Pipeline frozen = run.freeze(checkpoint);
      world.now++;
      Post after = world.post(AUTHOR);
      run.settle();
      run.wake(frozen);
      run.look("the dead run has written");
      assertServed(run, before);
      assertServed(run, after);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPostIsDatedAnewWhileItsAuthorIsPulled(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      Post old = world.post(AUTHOR);
      run.quiet();
      makeCelebrity(run);
      world.now += 50;
      world.redate(old, world.now);
      run.steps(50);
      run.look("dated anew");
      run.quiet();
      assertServed(run, old);
      assertThat(run.store.finds(READER, old.id, old.position)).as("at its new date").isTrue();
    }
  }

  /** The feed keeps the entry from before the unfollow, at the newer date. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aPostIsDatedBackWhileItsAuthorIsNotFollowed(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      world.follow(READER, AUTHOR);
      Post kept = world.post(AUTHOR);
      world.now += 50;
      Post post = world.post(AUTHOR);
      run.quiet();
      world.unfollow(READER, AUTHOR);
      run.quiet();
      world.redate(post, kept.position - 20);
      run.quiet();
      world.now++;
      world.follow(READER, AUTHOR);
      run.steps(50);
      run.look("followed again");
      run.quiet();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPostMovesToAnAuthorWhomAnotherReads(long seed) throws Exception {
    try (Run run = everyoneActive(seed)) {
      World world = run.world;
      Id former = Id.of(7);
      world.follow(READER, AUTHOR);
      world.follow(Id.of(2), former);
      Post post = world.post(former);
      run.quiet();
      Pipeline.Checkpoint checkpoint = run.checkpoint();
      world.now++;
      world.move(post, AUTHOR);
      run.steps((int) seed * 4);
      run.restore(checkpoint);
      run.quiet();
      assertServed(run, post);
      world.now++;
      world.delete(post);
      run.quiet();
      world.now++;
      world.comeAgain(post, former, world.now);
      run.quiet();
      assertThat(run.store.finds(Id.of(2), post.id, post.position))
          .as("of the former author")
          .isTrue();
    }
  }

  /** A post of 1970 or before is in no feed: then the reader has to ask the tables for it. */
  private static void assertServed(Run run, Post post) {
    if (post.position < 1) {
      assertThat(run.serves(READER, post.position)).as("without the tables").isFalse();
      return;
    }
    assertThat(run.serves(READER, post.position)).as("the feed reaches post %s", post.id).isTrue();
    assertThat(run.store.found(READER)).as("the feed").contains(post.id);
  }
}
