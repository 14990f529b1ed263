package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.TargetModel.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The posts and reels that get attention, by rank of popularity. The number of ranks is fixed: what
 * is published or deleted changes who holds a rank.
 */
final class Shelf {
  private static final int RANKS = 1_200;
  private static final int REEL_EVERY = 4;

  /** One growing target among the most popular, the others further and further down. */
  private static final Set<Integer> GROWING_RANKS =
      Set.of(0, 2, 5, 9, 14, 20, 27, 39, 55, 80, 120, 180, 260, 380, 560, 800);

  private final SplittableRandom random;
  private final Zipf popularity;
  private final double hotShare;
  private final boolean reels;
  private final List<TargetModel> ranks = new ArrayList<>(RANKS);
  private final Map<Long, List<Target>> byNewcomer = new HashMap<>();
  private final Set<Target> deleted = new HashSet<>();
  private final List<Target> graves = new ArrayList<>();
  private final Set<Target> growing = new HashSet<>();
  private TargetModel hot;
  private long nextPost;
  private long nextReel;

  /**
   * @param reels whether there are any beside posts
   */
  Shelf(TrafficOptions options, FirstIds ids, boolean reels, SplittableRandom random) {
    this.random = random;
    this.reels = reels;
    this.popularity = new Zipf(RANKS, options.zipf());
    this.hotShare = options.hotShare();
    this.nextPost = ids.post();
    this.nextReel = ids.reel();
  }

  /** Fills every rank, each by an author of the writers. */
  List<TargetModel> fill(UserPool cast) {
    hot = newPost(Kind.HOT, cast.anyWriter(random));
    for (int rank = 0; rank < RANKS; rank++) {
      Kind kind = GROWING_RANKS.contains(rank) ? Kind.GROWING : Kind.ORDINARY;
      TargetModel model = create(kind, cast.anyWriter(random));
      ranks.add(model);
      if (model.isGrowing()) {
        growing.add(model.target());
      }
    }
    List<TargetModel> all = new ArrayList<>(ranks);
    all.add(hot);
    return all;
  }

  TargetModel draw() {
    if (random.nextDouble() < hotShare) {
      return hot;
    }
    return ranks.get(popularity.draw(random));
  }

  TargetModel drawWhere(Predicate<TargetModel> wanted) {
    for (int attempt = 0; attempt < 50; attempt++) {
      TargetModel model = draw();
      if (wanted.test(model)) {
        return model;
      }
    }
    return ranks.stream().filter(wanted).findFirst().orElse(hot);
  }

  /** A new target of someone who may be deleted later, with all that he published. */
  TargetModel publishByNewcomer(long authorId) {
    TargetModel model = publish(authorId);
    byNewcomer.computeIfAbsent(authorId, author -> new ArrayList<>()).add(model.target());
    return model;
  }

  /** All that a newcomer has published, whether it still holds a rank or not. */
  List<Target> publishedBy(long authorId) {
    return byNewcomer.getOrDefault(authorId, List.of());
  }

  /** A new target takes the rank of an ordinary one, which is forgotten but stays. */
  TargetModel publish(long authorId) {
    return rank(create(Kind.ORDINARY, authorId));
  }

  /** The same, and surely a post. */
  TargetModel publishPost(long authorId) {
    return rank(newPost(Kind.ORDINARY, authorId));
  }

  private TargetModel rank(TargetModel model) {
    ranks.set(ordinaryRank(), model);
    return model;
  }

  /** Puts a new target in the place of one that is deleted. */
  TargetModel replace(TargetModel gone, long authorId) {
    bury(gone.target());
    TargetModel model = create(Kind.ORDINARY, authorId);
    ranks.set(ranks.indexOf(gone), model);
    return model;
  }

  /** A new post that gets no attention: it is there to be read. */
  Target unrankedPost() {
    return Target.post(Id.of(nextPost++));
  }

  List<TargetModel> heldBy(long authorId) {
    return ranks.stream().filter(model -> model.authorId() == authorId).toList();
  }

  void bury(Target target) {
    if (deleted.add(target)) {
      graves.add(target);
    }
  }

  boolean hasGraves() {
    return !graves.isEmpty();
  }

  Target anyGrave() {
    return graves.get(random.nextInt(graves.size()));
  }

  boolean deleted(Target target) {
    return deleted.contains(target);
  }

  Set<Target> deleted() {
    return Set.copyOf(deleted);
  }

  boolean isGrowing(Target target) {
    return growing.contains(target);
  }

  List<Target> growing() {
    return GROWING_RANKS.stream().sorted().map(rank -> ranks.get(rank).target()).toList();
  }

  private int ordinaryRank() {
    int rank = random.nextInt(RANKS);
    while (ranks.get(rank).kind() != Kind.ORDINARY) {
      rank = random.nextInt(RANKS);
    }
    return rank;
  }

  private TargetModel create(Kind kind, long authorId) {
    if (reels && random.nextInt(REEL_EVERY) == 0) {
      return model(Target.reel(Id.of(nextReel++)), kind, authorId);
    }
    return newPost(kind, authorId);
  }

  private TargetModel newPost(Kind kind, long authorId) {
    return model(Target.post(Id.of(nextPost++)), kind, authorId);
  }

  private TargetModel model(Target target, Kind kind, long authorId) {
    return new TargetModel(target, kind, authorId, UserPool.WRITERS, random);
  }
}
