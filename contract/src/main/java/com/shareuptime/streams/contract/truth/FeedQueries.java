package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;

/**
 * What belongs in feeds: posts that are not deleted, not private and not kept out of feeds, by
 * active authors whom the reader follows, or by himself.
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
      %s p.author_id = a.id and not p.is_deleted and p.in_feeds
         and p.visibility in ('public', 'unlisted', 'followers')""";

  private static final String ENTRIES =
      """
      select reader.id as reader_id, p.id, p.author_id, p.created_at
      from %s as reader (id) cross join lateral (select a.id from
      """
          + AUTHORS
          + ") a join "
          + POSTS.formatted("on");

  /** {@link #ofReaders} of numbers. */
  public static final String OF_READERS = ofReaders(IdKind.NUMBER);

  private FeedQueries() {}

  /** All of some readers, by an array of them: reader_id, id, author_id, created_at. */
  public static String ofReaders(IdKind users) {
    return ENTRIES.formatted(unnest(users));
  }

  /** The posts of one reader's page, newest first: parameters are reader, limit and offset. */
  public static String page(IdKinds kinds) {
    return "select id from (%s) entries order by created_at desc, %s desc limit ? offset ?"
        .formatted(
            ENTRIES.formatted("(values (?::%s))".formatted(kinds.users().sql())),
            inOrder("id", kinds.posts()));
  }

  /** Where posts stand in feeds, newest first, in epoch microseconds; of an array of posts. */
  public static String positions(IdKind posts) {
    return "select id, %s from streams_model.posts where id = any (?) order by created_at desc, %s desc"
        .formatted(TimeColumn.micros("created_at"), inOrder("id", posts));
  }

  /** {@link #newestOfReaders(int, IdKinds)} of numbers. */
  public static String newestOfReaders(int limit) {
    return newestOfReaders(limit, IdKinds.NUMBERS);
  }

  /**
   * The newest that some readers see, by an array of them: reader, post, score, author. Read off
   * the index of each author's visible posts.
   */
  public static String newestOfReaders(int limit, IdKinds kinds) {
    return """
    select reader.id, e.id, e.score, e.author_id
    from %1$s as reader (id)
    cross join lateral (
      select p.* from %2$s
      cross join lateral (%3$s) p
      order by p.score desc, %4$s desc limit %5$d
    ) e
    """
        .formatted(
            unnest(kinds.users()),
            AUTHORS,
            newest(limit, kinds.posts()),
            inOrder("p.id", kinds.posts()),
            limit);
  }

  /** {@link #newestOfAuthors(int, IdKinds)} of numbers. */
  public static String newestOfAuthors(int limit) {
    return newestOfAuthors(limit, IdKinds.NUMBERS);
  }

  /** The newest that some authors have, active or not, by an array of them; columns as above. */
  public static String newestOfAuthors(int limit, IdKinds kinds) {
    return """
    select a.id, e.id, e.score, e.author_id
    from %s as a (id) cross join lateral (%s) e
    """
        .formatted(unnest(kinds.users()), newest(limit, kinds.posts()));
  }

  private static String newest(int limit, IdKind posts) {
    return "select p.id, %s as score, p.author_id from %s order by p.created_at desc, %s desc limit %d"
        .formatted(
            TimeColumn.score("p.created_at"),
            POSTS.formatted("where"),
            inOrder("p.id", posts),
            limit);
  }

  private static String unnest(IdKind users) {
    return "unnest(?::%s[])".formatted(users.sql());
  }

  /** As ids are ordered in Java, whatever the collation of a column. */
  private static String inOrder(String column, IdKind kind) {
    return kind == IdKind.TEXT ? column + " collate \"C\"" : column;
  }
}
