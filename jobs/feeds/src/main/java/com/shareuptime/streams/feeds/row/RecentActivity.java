package com.shareuptime.streams.feeds.row;

import com.shareuptime.streams.contract.Id;

/**
 * The users who were active lately, so that somebody who likes ten posts in a minute is said to be
 * active once. Remembers few and forgets any: who is forgotten is said again, which does no harm.
 * Not thread-safe.
 */
public final class RecentActivity {
  private final long intervalMillis;
  private final Id[] users;
  private final long[] times;

  /**
   * @param intervalMillis how much later than the last that was said the next one is
   * @param most how many users are remembered at most
   */
  public RecentActivity(long intervalMillis, int most) {
    this.intervalMillis = intervalMillis;
    this.users = new Id[most];
    this.times = new long[most];
  }

  /**
   * Whether this is to be said, and is then remembered: nothing is known of the user that is newer,
   * or older by less than the interval.
   *
   * @param time epoch milliseconds
   */
  public boolean isNews(Id user, long time) {
    int place = place(user);
    if (user.equals(users[place]) && time < times[place] + intervalMillis) {
      return false;
    }
    users[place] = user;
    times[place] = time;
    return true;
  }

  /** By the high bits of a product, as ids may have low ones that never change. */
  private int place(Id user) {
    long spread = Integer.toUnsignedLong(user.hashCode() * 0x9E3779B9);
    return (int) (spread * users.length >>> Integer.SIZE);
  }
}
