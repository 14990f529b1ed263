package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is compared together: one reading of the tables serves all surfaces of a scope.
 *
 * @param what is compared
 * @param keyPrefix what an id of the scope is an id of: the label of a target, {@code user} or
 *     {@code author}
 * @param surfaces that show what this scope reads from the tables
 * @param bucketBits a bucket has 2^this ids: some thousand rows, read in a fraction of a second
 */
public record Scope(What what, String keyPrefix, List<Surface> surfaces, int bucketBits)
    implements Serializable {
  /** What a scope compares. */
  public enum What {
    COUNTERS,
    FEEDS,
    TIMELINES,
    DOCUMENTS
  }

  public static final Scope POST_COUNTERS = countersOf(Target.Type.POST);
  public static final Scope POST_DOCUMENTS = documents(Target.Type.POST, Surface.SEARCH_POSTS);
  public static final Scope REEL_DOCUMENTS = documents(Target.Type.REEL, Surface.SEARCH_REELS);

  private static final List<Scope> OF_FEEDS =
      List.of(
          new Scope(What.FEEDS, "user", List.of(Surface.FEEDS_REDIS, Surface.FEEDS_POSTGRES), 8),
          new Scope(What.TIMELINES, "author", List.of(Surface.FEEDS_REDIS), 10));

  public Scope {
    surfaces = List.copyOf(surfaces);
  }

  private static Scope countersOf(Target.Type type) {
    return new Scope(
        What.COUNTERS,
        type.label(),
        List.of(Surface.COUNTERS_POSTGRES, Surface.COUNTERS_REDIS),
        13);
  }

  private static Scope documents(Target.Type type, Surface surface) {
    return new Scope(What.DOCUMENTS, type.label(), List.of(surface), 13);
  }

  /** All that there are: counters of each entity that is counted for. */
  public static List<Scope> all(IdKinds entities) {
    List<Scope> all = new ArrayList<>();
    for (TargetEntity target : entities.targetEntities()) {
      all.add(countersOf(target.type()));
    }
    all.addAll(OF_FEEDS);
    all.add(POST_DOCUMENTS);
    all.add(REEL_DOCUMENTS);
    return all;
  }

  /** As the tables of reconcile name it: {@code POST_COUNTERS}. */
  public String name() {
    return switch (what) {
      case FEEDS, TIMELINES -> what.name();
      default -> keyPrefix.toUpperCase(Locale.ROOT) + "_" + what;
    };
  }

  private boolean isOfTargets() {
    return what == What.COUNTERS || what == What.DOCUMENTS;
  }

  /**
   * Whose ids they are.
   *
   * @throws IllegalStateException if they are no target's
   */
  public Target.Type targetType() {
    if (!isOfTargets()) {
      throw new IllegalStateException(name() + " are of no target");
    }
    return Target.Type.of(keyPrefix);
  }

  /** What the ids are. */
  public IdKind kind(IdKinds entities) {
    return isOfTargets() ? entities.of(targetType()) : entities.users();
  }

  /** The query for the ids that are divided into buckets. */
  public String ids(IdKinds entities) {
    return isOfTargets() ? CountQueries.ids(targetType(), entities) : UserQueries.IDS;
  }

  @Override
  public String toString() {
    return name();
  }
}
