package com.shareuptime.streams.cli.output;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What a command has found out: its fields as JSON, or a text for people. */
public interface Answer {
  /** Whether something is proven to be wrong. */
  @JsonIgnore
  boolean isWrong();

  /** Whether something could not be reached, so that nothing is known of it. */
  @JsonIgnore
  boolean isAway();

  String text();
}
