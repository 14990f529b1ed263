package com.shareuptime.streams.contract;

/** The surfaces whose progress is published; the names are those of the read contract. */
public enum Surface {
  COUNTERS_POSTGRES("counters.postgres"),
  COUNTERS_REDIS("counters.redis"),
  FEEDS_REDIS("feeds.redis"),
  FEEDS_POSTGRES("feeds.postgres"),
  SEARCH_POSTS("search.posts"),
  SEARCH_REELS("search.reels");

  private final String label;

  Surface(String label) {
    this.label = label;
  }

  /** As in {@code pipeline_progress} and in Redis. */
  public String label() {
    return label;
  }
}
