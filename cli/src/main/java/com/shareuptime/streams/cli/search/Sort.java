package com.shareuptime.streams.cli.search;

import java.util.Locale;

/** Which of the found come first. */
public enum Sort {
  /**
   * Those that say best what was asked for; of up to five words one is enough, of more a third: on
   * the judged set of bench/ more than that loses what is said in other words.
   */
  RELEVANCE("1<34%"),
  /** Those that are much liked, commented and shared, and fresh. */
  HOT("100%"),
  /** The youngest. */
  NEW("100%");

  private final String agreement;

  Sort(String agreement) {
    this.agreement = agreement;
  }

  /**
   * How many of the words a document must have. Only where the best come first may it lack some: on
   * top of the others would stand whatever is young or liked and shares two words of five.
   */
  String agreement() {
    return agreement;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
