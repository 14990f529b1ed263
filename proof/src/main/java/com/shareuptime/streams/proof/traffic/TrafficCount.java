package com.shareuptime.streams.proof.traffic;

/** What is counted of all traffic. */
public enum TrafficCount {
  /** Planned and executed. */
  INTERACTIONS,
  /** That commits have changed, without those that foreign keys took along. */
  ROWS,
  TRANSACTIONS,
  /** Records that the brokers have acknowledged. */
  EVENTS,
  /** Records sent again because their acknowledgement did not come. */
  RESENT_EVENTS,
  /** Transactions tried again because the server went away. */
  RETRIED_TRANSACTIONS,
  UNFOLLOWS,
  /** Activity of a user who had been away for longer than {@link FeedScale#ACTIVITY_WINDOW}. */
  RETURNS
}
