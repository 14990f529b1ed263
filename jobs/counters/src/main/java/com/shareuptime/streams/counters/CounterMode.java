package com.shareuptime.streams.counters;

/** What counts are made of. */
public enum CounterMode {
  /** As fresh as the events, as right as the rows. */
  EVENTS_AND_ROWS("events+cdc", true, true),
  /** Events alone: nothing heals a lost or doubled one beyond the dedupe horizon. */
  EVENTS("events", true, false),
  /** Rows alone: right, and as fresh as replication is. */
  ROWS("cdc", false, true);

  private final String text;
  private final boolean usesEvents;
  private final boolean usesRows;

  CounterMode(String text, boolean usesEvents, boolean usesRows) {
    this.text = text;
    this.usesEvents = usesEvents;
    this.usesRows = usesRows;
  }

  /** Whether app events are read. */
  public boolean usesEvents() {
    return usesEvents;
  }

  /** Whether cdc topics are read. */
  public boolean usesRows() {
    return usesRows;
  }

  /** As the option has it; also how Flink matches the option's text. */
  @Override
  public String toString() {
    return text;
  }
}
