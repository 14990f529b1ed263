package com.shareuptime.streams.contract.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import java.util.Comparator;

/**
 * A place in a feed: a page after a cursor begins with the first post that is older. Cursors are
 * ordered as posts are shown, newest first.
 *
 * @param createdAt the post's {@code created_at} in epoch microseconds
 * @param postId breaks ties of {@code created_at}
 */
public record Cursor(long createdAt, Id postId) implements Comparable<Cursor> {
  /** Above every post: that of a post dated {@code infinity}, and the highest id. */
  public static final Cursor TOP = new Cursor(Long.MAX_VALUE, Id.HIGHEST);

  /** Below every post. */
  public static final Cursor BOTTOM = new Cursor(Long.MIN_VALUE, Id.LOWEST);

  private static final Comparator<Cursor> NEWEST_FIRST =
      Comparator.comparingLong(Cursor::createdAt).thenComparing(Cursor::postId).reversed();

  /** Just above the posts of {@code createdAt} and older. */
  public static Cursor above(long createdAt) {
    return new Cursor(createdAt, Id.HIGHEST);
  }

  public boolean isOlderThan(Cursor other) {
    return compareTo(other) > 0;
  }

  public Cursor older(Cursor other) {
    return isOlderThan(other) ? this : other;
  }

  @Override
  public int compareTo(Cursor other) {
    return NEWEST_FIRST.compare(this, other);
  }

  /**
   * Reads what {@link #toString()} wrote where ids of posts are numbers.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cursor parse(String text) {
    return parse(text, IdKind.NUMBER);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param posts what ids of posts are
   * @throws IllegalArgumentException if it is none
   */
  public static Cursor parse(String text, IdKind posts) {
    int separator = text.indexOf('_');
    try {
      return new Cursor(
          Long.parseLong(text.substring(0, Math.max(separator, 0))),
          posts.parse(text.substring(separator + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no cursor: it is MICROSECONDS_POSTID, as a page gave it", e);
    }
  }

  /** {@code MICROSECONDS_POSTID}: fit for a URL, unless ids are texts that are not. */
  @Override
  public String toString() {
    return createdAt + "_" + postId;
  }
}
