package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.contract.Target;

/** The ranked lists. */
public enum TrendingList {
  POSTS("posts:1h", Target.Type.POST),
  REELS("reels:1h", Target.Type.REEL);

  private final String label;
  private final Target.Type type;

  TrendingList(String label, Target.Type type) {
    this.label = label;
    this.type = type;
  }

  /** As the table names it, and the key in Redis. */
  public String label() {
    return label;
  }

  /** What it ranks. */
  public Target.Type type() {
    return type;
  }

  /** The list that targets of this type are in. */
  static TrendingList of(Target.Type type) {
    return type.equals(Target.Type.POST) ? POSTS : REELS;
  }
}
