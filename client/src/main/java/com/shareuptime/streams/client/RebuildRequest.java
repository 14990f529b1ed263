package com.shareuptime.streams.client;

/** Asks the feeds job to write what Redis should hold anew, from its state. */
public record RebuildRequest(Subject subject, long id) {
  /** What is to be rebuilt. */
  public enum Subject {
    /** A user's feed, and whom it pulls. */
    USER("user_id"),
    /** An author's timeline. */
    AUTHOR("author_id");

    private final String field;

    Subject(String field) {
      this.field = field;
    }
  }

  public static RebuildRequest user(long id) {
    return new RebuildRequest(Subject.USER, id);
  }

  public static RebuildRequest author(long id) {
    return new RebuildRequest(Subject.AUTHOR, id);
  }

  /** The message of the topic {@code pipeline-control}. */
  public String json() {
    return "{\"job\":\"feeds\",\"action\":\"rebuild\",\"" + subject.field + "\":" + id + "}";
  }
}
