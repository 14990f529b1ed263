package com.shareuptime.streams.cdc;

import com.shareuptime.streams.contract.CounterKind;
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
  private static final CdcTable[] OF_COUNTERS =
      CounterKind.ALL.stream().map(kind -> ofTopic(PREFIX + kind.text())).toArray(CdcTable[]::new);

  private final String tableName = name().toLowerCase(Locale.ROOT);
  private final String topic = PREFIX + tableName;
  private final CounterKind counter = CounterKind.ofTable(tableName).orElse(null);

  /** Name of the table in the schema {@code public}. */
  public String tableName() {
    return tableName;
  }

  /** Name of the Kafka topic. */
  public String topic() {
    return topic;
  }

  /** What its rows count for; null if for nothing. */
  public CounterKind counter() {
    return counter;
  }

  /** The table whose rows are counted. */
  public static CdcTable of(CounterKind counter) {
    return OF_COUNTERS[counter.ordinal()];
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
