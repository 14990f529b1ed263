package com.shareuptime.streams.contract.topic;

import java.util.List;

/** A topic as the pipeline needs it. */
public record Topic(String name, int partitions, List<Setting> settings) {
  public Topic {
    settings = List.copyOf(settings);
  }

  /** One configuration entry; {@code atLeast}: a number of which more is as good. */
  public record Setting(String key, String value, boolean atLeast) {
    static Setting exactly(String key, String value) {
      return new Setting(key, value, false);
    }

    static Setting atLeast(String key, long value) {
      return new Setting(key, Long.toString(value), true);
    }

    /** Whether a topic that has {@code actual} serves as well. */
    boolean isMetBy(String actual) {
      if (!atLeast) {
        return value.equals(actual);
      }
      long number = Long.parseLong(actual);
      return number < 0 || number >= Long.parseLong(value); // -1 is "without end"
    }
  }
}
