package com.shareuptime.streams.feeds.fanout;

import java.util.Arrays;

/** A set of users as sorted numbers: what one bucket of an author's followers is kept as. */
final class Followers {
  private Followers() {}

  /** The set with a user, or the very same array if the user is in it. */
  static long[] with(long[] users, long user) {
    if (users == null) {
      return new long[] {user};
    }
    int found = Arrays.binarySearch(users, user);
    if (found >= 0) {
      return users;
    }
    int at = -found - 1;
    long[] more = new long[users.length + 1];
    System.arraycopy(users, 0, more, 0, at);
    more[at] = user;
    System.arraycopy(users, at, more, at + 1, users.length - at);
    return more;
  }

  /** The set without a user, or the very same array if the user is not in it. */
  static long[] without(long[] users, long user) {
    int found = users == null ? -1 : Arrays.binarySearch(users, user);
    if (found < 0) {
      return users;
    }
    long[] fewer = new long[users.length - 1];
    System.arraycopy(users, 0, fewer, 0, found);
    System.arraycopy(users, found + 1, fewer, found, fewer.length - found);
    return fewer;
  }
}
