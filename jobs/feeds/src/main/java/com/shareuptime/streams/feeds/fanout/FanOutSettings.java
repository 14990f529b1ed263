package com.shareuptime.streams.feeds.fanout;

import java.io.Serializable;

/**
 * How fan-out behaves.
 *
 * @param threshold active followers above which an author is pulled instead of pushed
 * @param timeline how many posts an author's timeline keeps
 * @param spreadMillis time over which timelines are first written after a start
 */
public record FanOutSettings(int threshold, int timeline, long spreadMillis)
    implements Serializable {

  /** A pulled author is pushed again below 80 % of the threshold, so that none goes to and fro. */
  boolean isFew(int followers) {
    return 5L * followers < 4L * threshold;
  }
}
