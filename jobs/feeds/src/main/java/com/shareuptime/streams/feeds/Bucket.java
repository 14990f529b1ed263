package com.shareuptime.streams.feeds;

import com.shareuptime.streams.contract.Id;

/**
 * The fixed hash buckets of users: the keys by which all writes of one feed pass one place in one
 * order, and the steps in which long work on an author's followers is done.
 */
public final class Bucket {
  /** Burnt into state: never change it. */
  public static final int COUNT = 128;

  private Bucket() {}

  /** The bucket of a user. */
  public static int of(Id user) {
    return (int) ((user.bits() * 0x9E3779B97F4A7C15L) >>> 57);
  }
}
