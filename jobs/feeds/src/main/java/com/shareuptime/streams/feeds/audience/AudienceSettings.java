package com.shareuptime.streams.feeds.audience;

import java.io.Serializable;

/**
 * How readers are treated. Times are milliseconds.
 *
 * @param windowMillis how long after its last activity a reader has a feed
 * @param feed how many entries a feed holds
 * @param timeline how many posts an author's timeline holds
 * @param joinsPerSecond how many joins a subtask sends for readers who return
 * @param retentionMillis how long an ended follow is remembered
 * @param startedAt when the job was submitted, epoch milliseconds
 * @param spreadMillis time over which feeds are first filled after a start without state
 * @param fewest how many posts of each author a feed is filled with at least
 */
public record AudienceSettings(
    long windowMillis,
    int feed,
    int timeline,
    int joinsPerSecond,
    long retentionMillis,
    long startedAt,
    long spreadMillis,
    int fewest)
    implements Serializable {

  private static final int FEWEST = 20;

  /** With at least {@value #FEWEST} posts of each author, or all that a timeline holds. */
  public AudienceSettings(
      long windowMillis,
      int feed,
      int timeline,
      int joinsPerSecond,
      long retentionMillis,
      long startedAt,
      long spreadMillis) {
    this(
        windowMillis,
        feed,
        timeline,
        joinsPerSecond,
        retentionMillis,
        startedAt,
        spreadMillis,
        FEWEST);
  }

  /** How many posts of each author to fill a feed with. */
  int postsEach(int followees) {
    return Math.min(timeline, Math.max(Math.min(fewest, timeline), feed / Math.max(1, followees)));
  }
}
