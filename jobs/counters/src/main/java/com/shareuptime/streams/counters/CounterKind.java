package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import java.util.Locale;

/**
 * What is counted, in the order that serializers write. To count something new, add it here; the
 * page "how to add a counter" names the places that follow.
 */
public enum CounterKind {
  LIKES("like", CdcTable.LIKES),
  COMMENTS("comment", CdcTable.COMMENTS),
  SHARES("share", CdcTable.SHARES);

  /** How many there are. */
  public static final int COUNT = values().length;

  private static final CounterKind[] ALL = values();

  private final String eventType;
  private final CdcTable table;
  private final String text = name().toLowerCase(Locale.ROOT);

  CounterKind(String eventType, CdcTable table) {
    this.eventType = eventType;
    this.table = table;
  }

  /** The {@code type} of an app event that announces one. */
  public String eventType() {
    return eventType;
  }

  /** The table whose rows are counted. */
  public CdcTable table() {
    return table;
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

  /**
   * The kind that rows of this table count for.
   *
   * @throws IllegalArgumentException if they count for nothing
   */
  public static CounterKind of(CdcTable table) {
    for (CounterKind kind : ALL) {
      if (kind.table == table) {
        return kind;
      }
    }
    throw new IllegalArgumentException("rows of " + table + " count for nothing");
  }
}
