package com.shareuptime.streams.proof.traffic;

/**
 * How often authors have passed the threshold of {@link FeedScale}.
 *
 * @param upwards have become celebrities
 * @param downwards have ceased to be celebrities
 */
public record Crossings(long upwards, long downwards) {
  static final Crossings NONE = new Crossings(0, 0);

  Crossings andOne(boolean up) {
    return up ? new Crossings(upwards + 1, downwards) : new Crossings(upwards, downwards + 1);
  }
}
