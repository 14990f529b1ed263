package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TextPrefix;

/** Posts and reels as documents show them, with their authors. Times are in epoch microseconds. */
public final class DocumentQueries {
  /** {@code d} with its author {@code u}; columns have the paths of the fields. */
  private static final String FIELDS =
      """
      d.id, u.id as "author.id", u.username as "author.username",
      u.display_name as "author.display_name", u.avatar_url as "author.avatar_url",
      u.is_verified::text as "author.is_verified", d.%s,
      case when u.is_private and d.visibility in ('public', 'unlisted') then 'followers'
           else d.visibility end as visibility,
      %s as created_at, %s as updated_at""";

  private static final String ROWS =
      "from streams_model.%s d join streams_model.users u on u.id = d.author_id";

  /**
   * Not those that are deleted, or whose author is not active, or that are in no list. These are
   * for followers where the account is private.
   */
  private static final String IS_SHOWN =
      "not d.is_deleted and u.is_active and (d.visibility <> 'unlisted' or u.is_private)";

  /** The columns of an author that documents have, texts cut as messages have them; by id. */
  public static final String AUTHOR =
      """
      select is_active, is_private, is_verified, left(username, %1$d) as username,
             left(display_name, %1$d) as display_name, left(avatar_url, %1$d) as avatar_url
      from streams_model.users where id = ?"""
          .formatted(TextPrefix.OF_AUTHORS);

  private DocumentQueries() {}

  /** What searches must find, a column for each field. */
  public static String shown(Target.Type type, IdCondition ids) {
    return "select %s\n%s\nwhere %s and d.id %s"
        .formatted(fields(type), rows(type), IS_SHOWN, ids.sql());
  }

  /**
   * The row with that id and what follows from it: {@code document} as JSON, {@code is_shown}, the
   * row's own columns, {@code username} and {@code is_active} of the author.
   */
  public static String one(Target.Type type) {
    return """
    select d.*, u.username, u.is_active, %s as is_shown,
           (select to_jsonb(fields)::text from (select %s) fields) as document
    %s where d.id = ?"""
        .formatted(IS_SHOWN, fields(type), rows(type));
  }

  /** The columns of a post or reel that documents have, texts cut as messages have them; by id. */
  public static String row(Target.Type type) {
    return """
    select author_id, is_deleted, left(visibility, 64) as visibility, left(%s, %d) as text,
           %s as created_at, %s as updated_at
    from streams_model.%s where id = ?"""
        .formatted(
            type.textColumn(),
            TextPrefix.OF_TEXTS,
            TimeColumn.micros("created_at"),
            TimeColumn.micros("updated_at"),
            type.table());
  }

  private static String fields(Target.Type type) {
    return FIELDS.formatted(
        type.textColumn(), TimeColumn.micros("d.created_at"), TimeColumn.micros("d.updated_at"));
  }

  private static String rows(Target.Type type) {
    return ROWS.formatted(type.table());
  }
}
