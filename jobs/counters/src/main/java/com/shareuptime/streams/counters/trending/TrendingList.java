package com.shareuptime.streams.counters.trending;

import com.shareuptime.streams.counters.CounterTarget;

/** The ranked lists. */
public enum TrendingList {
  POSTS("posts:1h", CounterTarget.Type.POST),
  REELS("reels:1h", CounterTarget.Type.REEL);

  private static final TrendingList[] ALL = values();

  private final String label;
  private final CounterTarget.Type type;

  TrendingList(String label, CounterTarget.Type type) {
    this.label = label;
    this.type = type;
  }

  /** As the table names it, and the key in Redis. */
  public String label() {
    return label;
  }

  /** What it ranks. */
  public CounterTarget.Type type() {
    return type;
  }

  /** The list that targets of this type are in. */
  static TrendingList of(CounterTarget.Type type) {
    return ALL[type.ordinal()];
  }
}
