package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.shareuptime.streams.cli.output.Answer;

/**
 * What the command shows of a user for whom something is counted.
 *
 * @param user as of any user: the feed, and the documents that show the user
 */
record CountedUser(@JsonUnwrapped Answer user, Answer counters) implements Answer {
  @Override
  public boolean isWrong() {
    return user.isWrong() || counters.isWrong();
  }

  @Override
  public boolean isAway() {
    return user.isAway() || counters.isAway();
  }

  @Override
  public String text() {
    return user.text() + "\n\nWhat is counted for the user:\n\n" + counters.text();
  }
}
