package com.shareuptime.streams.contract.truth;

/** Accounts, and who follows whom. */
public final class UserQueries {
  public static final String IDS = "select id from streams_model.users";

  /** Who has posts or followers, also such as are pending. */
  public static final String AUTHOR_IDS =
      IDS
          + " u where exists (select from streams_model.posts where author_id = u.id)"
          + " or exists (select from streams_model.follows where followee_id = u.id)";

  /** A row if there is one with that id. */
  public static final String EXISTS = IDS + " where id = ?";

  /** The row with that id, and how many it follows and is followed by, accepted or pending. */
  public static final String ONE =
      """
      select u.*,
             (select count(*) filter (where status = 'accepted') from streams_model.follows where follower_id = u.id) as follows,
             (select count(*) filter (where status <> 'accepted') from streams_model.follows where follower_id = u.id) as pending_follows,
             (select count(*) filter (where status = 'accepted') from streams_model.follows where followee_id = u.id) as followers,
             (select count(*) filter (where status <> 'accepted') from streams_model.follows where followee_id = u.id) as pending_followers
      from streams_model.users u where id = ?""";

  private UserQueries() {}
}
