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
  private static final double FEED_POST_SHARE = 0.02;
  private static final double FAME_SHARE = 0.05;
  private static final double REVISION_SHARE = 0.025;

  private final Set<Fault> faults;
  private final SplittableRandom random;
  private final UserPool cast;
  private final Shelf shelf;
  private final Announcer announcer;
  private final Follows follows;
  private final Celebrities celebrities;
  private final FeedPosts feedPosts;
  private final Absences absences;
  private final Interactions interactions;
  private final Removals removals;
  private final Revisions revisions;
  private final Oddities oddities;
  private final Profiles profiles;
  private final Deque<Operation> pending = new ArrayDeque<>();
  private long step;
  private TargetModel burst;
  private int burstLeft;

  public Planner(TrafficOptions options, Ids ids) {
    faults = options.faults();
    random = new SplittableRandom(options.seed());
    cast = new UserPool(ids);
    shelf = new Shelf(options, ids, random);
    announcer = new Announcer(faults, random, ids);
    celebrities = new Celebrities(cast);
    follows = new Follows(cast, celebrities, random);
    feedPosts = new FeedPosts(cast, follows, celebrities, shelf, random);
    absences = new Absences(cast, follows, celebrities, random);
    interactions = new Interactions(cast, follows, announcer, random, ids);
    removals = new Removals(cast, shelf, interactions, random);
    revisions = new Revisions(shelf, feedPosts, random);
    oddities = new Oddities(shelf, feedPosts, interactions, random);
    profiles = new Profiles(cast, random);
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
    all.forEach(this::note);
    return all;
  }

  public Operation next() {
    if (pending.isEmpty()) {
      plan();
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
    if (faults.contains(Fault.BULK_DELETES) && due(2_500)) {
      pending.addAll(removals.bulk());
    }
    if (faults.contains(Fault.SOFT_DELETES) && due(900)) {
      pending.add(removals.hide());
    }
    if (faults.contains(Fault.SOFT_DELETES) && due(1_300)) {
      removals.restore().ifPresent(pending::add);
    }
    if (faults.contains(Fault.TARGET_DELETES) && due(1_500)) {
      pending.addAll(removals.deleteTarget());
    }
    if (faults.contains(Fault.USER_DELETES) && due(3_000) && cast.hasNewcomers()) {
      pending.addAll(removals.deleteUser());
    }
    if (faults.contains(Fault.SLOW_TRANSACTIONS) && due(8_000)) {
      pending.add(slowTransaction());
    }
    if (faults.contains(Fault.RACES) && due(700)) {
      pending.add(race());
    }
    if (faults.contains(Fault.MOVES) && due(500)) {
      pending.add(feedPosts.enough() && random.nextBoolean() ? feedPosts.move() : moveTarget());
    }
    if (faults.contains(Fault.NEW_DATES) && due(600) && feedPosts.enough()) {
      pending.add(feedPosts.date());
    }
    if (faults.contains(Fault.ODD_VALUES) && due(200)) {
      pending.add(oddities.next());
    }
    feeds();
    if (random.nextDouble() < REVISION_SHARE) {
      pending.add(revisions.next());
    }
    if (due(400)) {
      pending.add(profiles.next());
    }
    badEvents();
    if (random.nextDouble() < ACTIVITY_SHARE) {
      pending.add(new Operation.Activity(cast.anyMember(random), announcer.nextEventId()));
    }
    if (faults.contains(Fault.PHANTOMS) && random.nextDouble() < PHANTOM_SHARE) {
      pending.add(new Operation.RolledBack(phantom()));
    }
    pending.add(interactions.next(nextTarget()));
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
      long author = cast.anyMember(random);
      pending.add(new Operation.Publish(shelf.publish(author).target(), author));
    }
  }

  private void feeds() {
    if (random.nextDouble() < FEED_POST_SHARE) {
      pending.add(feedPosts.publish());
    }
    if (random.nextDouble() < FAME_SHARE) {
      pending.add(celebrities.next(random));
    }
    if (due(250)) {
      pending.add(feedPosts.changeVisibility());
    }
    if (due(500)) {
      pending.add(absences.next());
    }
    if (faults.contains(Fault.SOFT_DELETES) && due(400) && feedPosts.enough()) {
      pending.add(feedPosts.hide());
    }
    if (faults.contains(Fault.SOFT_DELETES) && due(600) && feedPosts.anyHidden()) {
      pending.add(feedPosts.restore());
    }
    if (faults.contains(Fault.TARGET_DELETES) && due(1_000) && feedPosts.enough()) {
      pending.add(feedPosts.delete());
    }
  }

  private void badEvents() {
    if (faults.contains(Fault.MALFORMED) && random.nextDouble() < MALFORMED_SHARE) {
      bad(BadEvent.values()[random.nextInt(BadEvent.MALFORMED_KINDS)]);
    }
    if (faults.contains(Fault.OVERSIZED) && due(8_000)) {
      bad(BadEvent.OVERSIZED);
    }
    if (faults.contains(Fault.FAR_FUTURE) && random.nextDouble() < FAR_FUTURE_SHARE) {
      bad(random.nextBoolean() ? BadEvent.FAR_FUTURE : BadEvent.END_OF_TIME);
    }
  }

  private void bad(BadEvent kind) {
    pending.add(new Operation.SendBadEvent(kind, shelf.draw().target(), announcer.nextEventId()));
  }

  private Interaction phantom() {
    if (shelf.hasGraves() && random.nextInt(20) == 0) {
      return interactions.likeBy(shelf.anyGrave(), cast.anyMember(random));
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
    boolean post = moved.target().type() == Target.Type.POST;
    return unannounced(
        post ? Change.MOVE_POST : Change.MOVE_REEL, moved.target(), 0, cast.anyMember(random));
  }

  private static Interaction silently(Interaction planned) {
    return unannounced(planned.change(), planned.target(), planned.rowId(), planned.userId());
  }

  /** At regular steps, the first one early, so that a short run meets everything too. */
  private boolean due(int every) {
    return step % every == every / 5;
  }
}
