package com.shareuptime.streams.proof.traffic;

/**
 * How an interaction is announced once it has committed.
 *
 * @param lost no event at all
 * @param delayMillis how long after the commit the event is sent
 * @param copies how often it is sent again
 * @param copyDelayMillis how long after the first one
 * @param style which of the allowed spellings of an event is used
 */
public record Announcement(
    String eventId, boolean lost, int delayMillis, int copies, int copyDelayMillis, Style style) {

  /** The contract leaves some of an event open; producers of the product differ in it. */
  public enum Style {
    ISO_TIME,
    EPOCH_MILLIS,
    OFFSET_TIME,
    NO_TIME,
    NO_ACTOR,
    UNKNOWN_FIELDS,
    /** Of ids that are UUIDs. */
    UPPER_CASE
  }

  /** For rows that were there before anyone sent events. */
  static final Announcement NONE = new Announcement("", true, 0, 0, 0, Style.ISO_TIME);

  static Announcement plain(String eventId, Style style) {
    return new Announcement(eventId, false, 0, 0, 0, style);
  }
}
