package com.shareuptime.streams.contract.truth;

/**
 * What belongs in feeds: posts that are not deleted and not private, by active authors whom the
 * reader follows, or by himself.
 */
public final class FeedQueries {
  /** Whom {@code reader} reads. */
  private static final String AUTHORS =
      """
      (
        select f.followee_id as id from streams_model.follows f
        where f.follower_id = reader.id and f.status = 'accepted'
        union all select reader.id
      ) read
      join streams_model.users a on a.id = read.id and a.is_active""";

  /** What {@code a} has written for others. */
  private static final String POSTS =
      """
      streams_model.posts p
      %s p.author_id = a.id and not p.is_deleted and p.visibility in ('public', 'followers')""";

  private static final String ENTRIES =
      """
      select reader.id as reader_id, p.id, p.author_id, p.created_at
      from %s as reader (id) cross join lateral (select a.id from
      """
          + AUTHORS
          + ") a join "
          + POSTS.formatted("on");

  /** All of some readers, by an array of them: reader_id, id, author_id, created_at. */
  public static final String OF_READERS = ENTRIES.formatted("unnest(?::bigint[])");

  /** The posts of one reader's page, newest first: parameters are reader, limit and offset. */
  public static final String PAGE =
      "select id from (%s) entries order by created_at desc, id desc limit ? offset ?"
          .formatted(ENTRIES.formatted("(values (?::bigint))"));

  /** Where posts stand in feeds, newest first, in epoch microseconds; of an array of posts. */
  public static final String POSITIONS =
      "select id, %s from streams_model.posts where id = any (?) order by created_at desc, id desc"
          .formatted(TimeColumn.micros("created_at"));

  private FeedQueries() {}

  /**
   * The newest that some readers see, by an array of them: reader, post, score, author. Read off
   * the index of each author's visible posts.
   */
  public static String newestOfReaders(int limit) {
    return """
    select reader.id, e.id, e.score, e.author_id
    from unnest(?::bigint[]) as reader (id)
    cross join lateral (
      select p.* from %1$s
      cross join lateral (%2$s) p
      order by p.score desc, p.id desc limit %3$d
    ) e
    """
        .formatted(AUTHORS, newest(limit), limit);
  }

  /** The newest that some authors have, active or not, by an array of them; columns as above. */
  public static String newestOfAuthors(int limit) {
    return """
    select a.id, e.id, e.score, e.author_id
    from unnest(?::bigint[]) as a (id) cross join lateral (%s) e
    """
        .formatted(newest(limit));
  }

  private static String newest(int limit) {
    return "select p.id, %s as score, p.author_id from %s order by p.created_at desc, p.id desc limit %d"
        .formatted(TimeColumn.score("p.created_at"), POSTS.formatted("where"), limit);
  }
}
