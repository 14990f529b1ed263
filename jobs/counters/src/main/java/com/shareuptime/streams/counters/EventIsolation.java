package com.shareuptime.streams.counters;

/** Which app events are read of those that a producer has sent in a transaction. */
public enum EventIsolation {
  /** Those of committed transactions, and nothing that lies behind an open one. */
  COMMITTED("read_committed"),
  /** All at once, also those of aborted ones. */
  UNCOMMITTED("read_uncommitted");

  private final String text;

  EventIsolation(String text) {
    this.text = text;
  }

  /** As the option and Kafka's {@code isolation.level} have it. */
  @Override
  public String toString() {
    return text;
  }
}
