package com.shareuptime.streams.cdc;

import java.util.Locale;

/** The published tables of the product, one compacted topic each. */
public enum CdcTable {
  USERS,
  POSTS,
  REELS,
  LIKES,
  COMMENTS,
  SHARES,
  FOLLOWS;

  private static final String PREFIX = "cdc.";
  private static final CdcTable[] ALL = values();

  private final String tableName = name().toLowerCase(Locale.ROOT);
  private final String topic = PREFIX + tableName;

  /** Name of the table in the schema {@code public}. */
  public String tableName() {
    return tableName;
  }

  /** Name of the Kafka topic. */
  public String topic() {
    return topic;
  }

  /**
   * The table whose changes are in {@code topic}.
   *
   * @throws IllegalArgumentException if no table has this topic
   */
  public static CdcTable ofTopic(String topic) {
    for (CdcTable table : ALL) {
      if (table.topic.equals(topic)) {
        return table;
      }
    }
    throw new IllegalArgumentException("no published table has the topic '" + topic + "'");
  }

  /** The table with this ordinal, as serializers write it. */
  public static CdcTable of(int ordinal) {
    return ALL[ordinal];
  }
}
