package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.progress.Surface;
import java.util.List;

/** What is compared together: one reading of the tables serves all surfaces of a scope. */
public enum Scope {
  POST_COUNTERS(
      "post", "public.posts", List.of(Surface.COUNTERS_POSTGRES, Surface.COUNTERS_REDIS), 13),
  REEL_COUNTERS(
      "reel", "public.reels", List.of(Surface.COUNTERS_POSTGRES, Surface.COUNTERS_REDIS), 13),
  FEEDS("user", "public.users", List.of(Surface.FEEDS_REDIS, Surface.FEEDS_POSTGRES), 8),
  TIMELINES("author", "public.users", List.of(Surface.FEEDS_REDIS), 10),
  POST_DOCUMENTS("post", "public.posts", List.of(Surface.SEARCH_POSTS), 13),
  REEL_DOCUMENTS("reel", "public.reels", List.of(Surface.SEARCH_REELS), 13);

  private final String keyPrefix;
  private final String table;
  private final List<Surface> surfaces;
  private final int bucketBits;

  Scope(String keyPrefix, String table, List<Surface> surfaces, int bucketBits) {
    this.keyPrefix = keyPrefix;
    this.table = table;
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

  /** The product's table whose ids are divided into buckets. */
  public String table() {
    return table;
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
