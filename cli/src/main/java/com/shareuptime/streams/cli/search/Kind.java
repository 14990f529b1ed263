package com.shareuptime.streams.cli.search;

import java.util.Locale;

/** What is searched: each has an alias of its own. */
public enum Kind {
  POSTS("content"),
  REELS("caption");

  private final String textField;

  Kind(String textField) {
    this.textField = textField;
  }

  /** The only name by which readers know the index. */
  public String alias() {
    return toString();
  }

  String textField() {
    return textField;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
