package com.shareuptime.streams.counters;

import java.util.Locale;

/**
 * What is counted, in the order that serializers write. To count something new, add it here; the
 * page "how to add a counter" names the places that follow.
 */
public enum CounterKind {
  LIKES("like"),
  COMMENTS("comment"),
  SHARES("share");

  /** How many there are. */
  public static final int COUNT = values().length;

  private static final CounterKind[] ALL = values();

  private final String eventType;
  private final String text = name().toLowerCase(Locale.ROOT);

  CounterKind(String eventType) {
    this.eventType = eventType;
  }

  /** The {@code type} of an app event that announces one. */
  public String eventType() {
    return eventType;
  }

  /** As sinks name it: {@code likes}. */
  public String text() {
    return text;
  }

  /** Whether targets of this type have such a counter: reels are not shared. */
  public boolean counts(CounterTarget.Type type) {
    return this != SHARES || type == CounterTarget.Type.POST;
  }

  /** The kind with this ordinal. */
  public static CounterKind of(int ordinal) {
    return ALL[ordinal];
  }
}
