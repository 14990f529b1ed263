package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.util.List;

/** What is compared together: one reading of the tables serves all surfaces of a scope. */
public enum Scope {
  POST_COUNTERS("post", List.of(Surface.COUNTERS_POSTGRES, Surface.COUNTERS_REDIS), 13),
  REEL_COUNTERS("reel", List.of(Surface.COUNTERS_POSTGRES, Surface.COUNTERS_REDIS), 13),
  FEEDS("user", List.of(Surface.FEEDS_REDIS, Surface.FEEDS_POSTGRES), 8),
  TIMELINES("author", List.of(Surface.FEEDS_REDIS), 10),
  POST_DOCUMENTS("post", List.of(Surface.SEARCH_POSTS), 13),
  REEL_DOCUMENTS("reel", List.of(Surface.SEARCH_REELS), 13);

  private final String keyPrefix;
  private final List<Surface> surfaces;
  private final int bucketBits;

  Scope(String keyPrefix, List<Surface> surfaces, int bucketBits) {
    this.keyPrefix = keyPrefix;
    this.surfaces = surfaces;
    this.bucketBits = bucketBits;
  }

  /**
   * What an id of the scope is an id of: {@code post}, {@code reel}, {@code user} or {@code
   * author}.
   */
  public String keyPrefix() {
    return keyPrefix;
  }

  /** Whose ids they are, if they are a target's. */
  public Target.Type targetType() {
    return Target.Type.ofDocument(keyPrefix).orElseThrow();
  }

  /** What the ids are. */
  public IdKind kind(IdKinds kinds) {
    return Target.Type.ofDocument(keyPrefix).map(kinds::of).orElse(kinds.users());
  }

  /** The query for the ids that are divided into buckets. */
  public String ids(IdKinds kinds) {
    return Target.Type.ofDocument(keyPrefix)
        .map(type -> CountQueries.ids(type, kinds))
        .orElse(UserQueries.IDS);
  }

  /** The surfaces that show what this scope reads from the tables. */
  public List<Surface> surfaces() {
    return surfaces;
  }

  /** A bucket has 2^this ids: some thousand rows, read in a fraction of a second. */
  public int bucketBits() {
    return bucketBits;
  }
}
