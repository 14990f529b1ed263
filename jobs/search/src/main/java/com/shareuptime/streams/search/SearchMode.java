package com.shareuptime.streams.search;

/** Where the rows of documents come from. Users' rows, and reels', come from cdc topics always. */
public enum SearchMode {
  /** All from cdc topics. */
  CDC("cdc"),
  /** Posts from events of the product: nothing tells up to which commit they are complete. */
  EVENTS("events");

  private final String text;

  SearchMode(String text) {
    this.text = text;
  }

  /**
   * Whether documents of a type come from the rows of their table, all of which are in its topic;
   * else from events, which a topic forgets and nobody counts.
   */
  public boolean usesRows(DocumentType type) {
    return this == CDC || type != DocumentType.POST;
  }

  /** As the option has it; also how Flink matches the option's text. */
  @Override
  public String toString() {
    return text;
  }
}
