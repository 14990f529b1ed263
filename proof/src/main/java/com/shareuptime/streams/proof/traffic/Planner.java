package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import com.shareuptime.streams.contract.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The plan of a run: what users do, one operation after the other. The same options and ids give
 * the same plan, whatever the servers do meanwhile. Not thread-safe.
 */
public final class Planner {
  private static final double ACTIVITY_SHARE = 0.03;
  private static final double PHANTOM_SHARE = 0.01;
  private static final double MALFORMED_SHARE = 0.003;
  private static final double FAR_FUTURE_SHARE = 0.0005;
  private static final double BURST_FOCUS = 0.6;
  private static final int BURST_LENGTH = 300;
  private static final int OPENING_LIKES = 4_000;
  private static final int OPENING_FOLLOWS = 20_000;
  private static final int OPENING_FEED_POSTS = 2_000;
  private static final int OPENING_REPLIES = 200;
  private static final int OPENING_PRIVATE_ACCOUNTS = 12;
  private static final double FEED_POST_SHARE = 0.02;
  private static final double FAME_SHARE = 0.05;
  private static final double REVISION_SHARE = 0.025;

  private final TrafficSql sql;
  private final Set<Fault> faults;
  private final boolean replies;
  private final SplittableRandom random;
  private final UserPool cast;
  private final Shelf shelf;
  private final Announcer announcer;
  private final Follows follows;
  private final Celebrities celebrities;
  private final FeedPosts feedPosts;
  private final UserToggle absences;
  private final UserToggle privacy;
  private final Interactions interactions;
  private final Removals removals;
  private final Revisions revisions;
  private final Oddities oddities;
  private final Profiles profiles;
  private final Marks marks;
  private final Deque<Operation> pending = new ArrayDeque<>();
  private long step;
  private TargetModel burst;
  private int burstLeft;

  /**
   * @param sql what can be done: nothing else is planned, nor the faults that need it
   */
  public Planner(TrafficOptions options, FirstIds ids, TrafficSql sql) {
    this.sql = sql;
    faults = sql.possible(options.faults());
    replies = sql.has(OtherStatement.REPLY, Target.Type.POST);
    random = new SplittableRandom(options.seed());
    cast = new UserPool(ids);
    shelf = new Shelf(options, ids, sql.hasReels(), random);
    announcer = new Announcer(faults, random, ids);
    celebrities = new Celebrities(cast);
    follows = new Follows(cast, celebrities, random);
    feedPosts =
        new FeedPosts(
            cast, follows, celebrities, shelf, sql.has(Change.UNLIST, Target.Type.POST), random);
    absences =
        new UserToggle(
            Change.DEACTIVATE_USER, Change.REACTIVATE_USER, cast, follows, celebrities, random);
    privacy =
        new UserToggle(
            Change.MAKE_USER_PRIVATE, Change.MAKE_USER_PUBLIC, cast, follows, celebrities, random);
    interactions = new Interactions(cast, follows, announcer, random, ids);
    removals = new Removals(cast, shelf, interactions, random);
    revisions = new Revisions(shelf, feedPosts, random);
    oddities = new Oddities(shelf, feedPosts, interactions, random);
    profiles = new Profiles(cast, random);
    marks = new Marks(cast, shelf, random);
  }

  /** What is there before the first event: to be written once, before {@link #next()}. */
  public List<Operation> opening() {
    List<Operation> all = new ArrayList<>();
    cast.founders().forEach(user -> all.add(new Operation.SignUp(user)));
    for (TargetModel model : shelf.fill(cast)) {
      all.add(
          new Operation.Publish(
              model.target(), model.authorId(), Operation.Visibility.PUBLIC, feedPosts.oldAge()));
      for (int i = 0; model.isGrowing() && i < 50; i++) {
        all.add(silently(interactions.like(model)));
      }
    }
    for (int i = 0; i < OPENING_LIKES; i++) {
      TargetModel model = shelf.draw();
      if (!model.everyoneLikesIt()) {
        all.add(silently(interactions.like(model)));
      }
    }
    for (int i = 0; i < OPENING_FEED_POSTS; i++) {
      all.add(feedPosts.old());
    }
    for (int i = 0; i < OPENING_FOLLOWS; i++) {
      all.add(follows.follow());
    }
    all.addAll(celebrities.opening());
    for (int i = 0; i < OPENING_PRIVATE_ACCOUNTS; i++) {
      all.add(privacy.another());
    }
    for (int i = 0; replies && i < OPENING_REPLIES; i++) {
      all.add(feedPosts.reply());
    }
    all.removeIf(operation -> !sql.says(operation));
    all.forEach(this::note);
    return all;
  }

  public Operation next() {
    while (pending.isEmpty()) {
      plan();
      pending.removeIf(operation -> !sql.says(operation));
    }
    Operation next = pending.poll();
    note(next);
    return next;
  }

  private void note(Operation operation) {
    if (operation instanceof Operation.Publish publish) {
      revisions.published(publish.target());
      profiles.published(publish.authorId());
    }
  }

  private void plan() {
    step++;
    arrivals();
    whenAll(due(Fault.BULK_DELETES, 2_500), removals::bulk);
    when(due(Fault.SOFT_DELETES, 900), removals::hide);
    whenAll(due(Fault.SOFT_DELETES, 1_300), () -> removals.restore().stream().toList());
    whenAll(due(Fault.TARGET_DELETES, 1_500), removals::deleteTarget);
    whenAll(due(Fault.USER_DELETES, 3_000) && cast.hasNewcomers(), removals::deleteUser);
    when(due(Fault.SLOW_TRANSACTIONS, 8_000), this::slowTransaction);
    when(due(Fault.RACES, 700), this::race);
    when(
        due(Fault.MOVES, 500),
        () -> feedPosts.enough() && random.nextBoolean() ? feedPosts.move() : moveTarget());
    when(due(Fault.NEW_DATES, 600) && feedPosts.enough(), feedPosts::date);
    when(due(Fault.ODD_VALUES, 200), oddities::next);
    feeds();
    when(random.nextDouble() < REVISION_SHARE, revisions::next);
    when(due(400), profiles::next);
    when(due(12), marks::next);
    badEvents();
    when(
        random.nextDouble() < ACTIVITY_SHARE,
        () -> new Operation.Activity(cast.anyMember(random), announcer.nextEventId()));
    when(happens(Fault.PHANTOMS, PHANTOM_SHARE), () -> new Operation.RolledBack(phantom()));
    pending.add(interactions.next(nextTarget()));
  }

  private void when(boolean itIsTime, Supplier<? extends Operation> next) {
    if (itIsTime) {
      pending.add(next.get());
    }
  }

  private void whenAll(boolean itIsTime, Supplier<? extends List<? extends Operation>> next) {
    if (itIsTime) {
      pending.addAll(next.get());
    }
  }

  /** Targets that only ever gain rows: a reader never sees their counts fall. */
  public List<Target> growing() {
    return shelf.growing();
  }

  /** Targets whose hard delete has been planned so far. */
  public Set<Target> deleted() {
    return shelf.deleted();
  }

  /**
   * How often authors have become celebrities, or ceased to be, in what has been planned so far.
   */
  Crossings crossings() {
    return celebrities.crossings();
  }

  private TargetModel nextTarget() {
    if (burstLeft == 0 && due(3_000)) {
      burst = shelf.drawWhere(model -> model.kind() == TargetModel.Kind.ORDINARY);
      burstLeft = BURST_LENGTH;
    }
    TargetModel drawn = shelf.draw();
    if (burstLeft > 0) {
      burstLeft--;
      // the hot post keeps its share
      if (drawn.kind() != TargetModel.Kind.HOT
          && random.nextDouble() < BURST_FOCUS
          && !shelf.deleted(burst.target())) {
        return burst;
      }
    }
    return drawn;
  }

  private void arrivals() {
    if (due(150)) {
      long user = cast.newcomer();
      pending.add(new Operation.SignUp(user));
      if (random.nextInt(3) == 0) {
        pending.add(new Operation.Publish(shelf.publishByNewcomer(user).target(), user));
      }
      pending.addAll(follows.welcome(user));
      pending.add(new Operation.Activity(user, announcer.nextEventId()));
    }
    if (due(400)) {
      long author = cast.anyWriter(random);
      pending.add(new Operation.Publish(shelf.publish(author).target(), author));
    }
  }

  private void feeds() {
    when(random.nextDouble() < FEED_POST_SHARE, feedPosts::publish);
    when(random.nextDouble() < FAME_SHARE, () -> celebrities.next(random));
    when(due(250), feedPosts::changeVisibility);
    when(due(500), absences::next);
    when(due(350), privacy::next);
    when(replies && due(100) && feedPosts.enough(), feedPosts::reply);
    when(due(Fault.SOFT_DELETES, 400) && feedPosts.enough(), feedPosts::hide);
    when(due(Fault.SOFT_DELETES, 600) && feedPosts.anyHidden(), feedPosts::restore);
    when(due(Fault.TARGET_DELETES, 1_000) && feedPosts.enough(), feedPosts::delete);
  }

  private void badEvents() {
    when(
        happens(Fault.MALFORMED, MALFORMED_SHARE),
        () -> bad(BadEvent.values()[random.nextInt(BadEvent.MALFORMED_KINDS)]));
    when(due(Fault.OVERSIZED, 8_000), () -> bad(BadEvent.OVERSIZED));
    when(
        happens(Fault.FAR_FUTURE, FAR_FUTURE_SHARE),
        () -> bad(random.nextBoolean() ? BadEvent.FAR_FUTURE : BadEvent.END_OF_TIME));
  }

  private Operation bad(BadEvent kind) {
    return new Operation.SendBadEvent(kind, shelf.draw().target(), announcer.nextEventId());
  }

  private Interaction phantom() {
    if (shelf.hasGraves() && random.nextInt(20) == 0) {
      return interactions.likeBy(shelf.anyGrave(), cast.anyWriter(random));
    }
    return interactions.rolledBack(shelf.drawWhere(model -> !model.isGrowing()));
  }

  private Operation slowTransaction() {
    List<Interaction> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(interactions.likeBy(shelf.draw().target(), cast.anySlow(random)));
    }
    return new Operation.SlowTransaction(rows, Duration.ofMillis(2_000 + random.nextInt(6_000)));
  }

  private Race race() {
    long user = cast.anyHasty(random);
    int rounds = 1 + random.nextInt(3);
    boolean rollsBack = random.nextInt(4) == 0;
    if (random.nextBoolean()) {
      return follows.race(user, rounds, rollsBack);
    }
    Target target = shelf.drawWhere(model -> !model.isGrowing()).target();
    return new Race(
        interactions.likeBy(target, user),
        interactions.unlikeBy(target, user),
        rounds,
        rollsBack,
        interactions.likeBy(target, user));
  }

  /** Of somebody who stays, as all of a newcomer goes with him. */
  private Interaction moveTarget() {
    TargetModel moved =
        shelf.drawWhere(
            model -> model.kind() == TargetModel.Kind.ORDINARY && cast.isMember(model.authorId()));
    return unannounced(Change.MOVE, moved.target(), 0, cast.anyWriter(random));
  }

  private static Interaction silently(Interaction planned) {
    return unannounced(planned.change(), planned.target(), planned.rowId(), planned.userId());
  }

  private boolean happens(Fault fault, double share) {
    return faults.contains(fault) && random.nextDouble() < share;
  }

  private boolean due(Fault fault, int every) {
    return faults.contains(fault) && due(every);
  }

  /** At regular steps, the first one early, so that a short run meets everything too. */
  private boolean due(int every) {
    return step % every == every / 5;
  }
}
