package com.shareuptime.streams.proof.check;

/** What a reader must never see. */
public enum Violation {
  STEP_BACK("a count stepped back on a target that only gains rows"),
  BROKEN_PROMISE("progress claimed a commit that was not visible"),
  EARLY_BOOTSTRAP("a count was served before its bootstrap was complete"),
  HIDDEN_SHOWN("something was found that is hidden, or is not for everybody"),
  WRONG_PAGE("a page differed from SQL though nothing of it had changed meanwhile"),
  VERSION_BACK("a version stepped back"),
  NEGATIVE("a count below zero was served");

  private final String meaning;

  Violation(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }
}
