package com.shareuptime.streams.ingest.interleaving;

/**
 * One row of a table by its natural key, and the statements that change it. Every statement that
 * writes leaves another value, so that two versions of a row are never alike.
 *
 * @param table its table
 * @param columns columns of the key, with commas between
 * @param values their values, as SQL
 * @param more the other columns that an insert needs
 * @param moreValues their values, as SQL
 * @param changing a column that is no part of the key
 */
record RowKey(
    String table, String columns, String values, String more, String moreValues, String changing) {

  private static final String NOW = "clock_timestamp()";

  static RowKey like(long post, long user) {
    return new RowKey(
        "likes",
        "target_type, target_id, user_id",
        "'post', %d, %d".formatted(post, user),
        "created_at",
        NOW,
        "created_at");
  }

  static RowKey follow(long follower, long followee) {
    return new RowKey(
        "follows",
        "follower_id, followee_id",
        "%d, %d".formatted(follower, followee),
        "created_at",
        NOW,
        "created_at");
  }

  static RowKey comment(long id) {
    return new RowKey(
        "comments",
        "id",
        String.valueOf(id),
        "target_type, target_id, author_id, content",
        "'post', 1, 1, " + NOW + "::text",
        "content");
  }

  static RowKey post(long id) {
    return new RowKey(
        "posts", "id", String.valueOf(id), "author_id, content", "1, " + NOW + "::text", "content");
  }

  String insert() {
    return "insert into %s (%s, %s) values (%s, %s)"
        .formatted(table, columns, more, values, moreValues);
  }

  String insertOrUpdate() {
    return insert() + " on conflict (%s) do update set %s".formatted(columns, changed());
  }

  String insertOrLeave() {
    return insert() + " on conflict do nothing";
  }

  String update() {
    return "update %s set %s where %s".formatted(table, changed(), where());
  }

  String delete() {
    return "delete from %s where %s".formatted(table, where());
  }

  /** Gives the row the key of another, which may be taken. */
  String move(RowKey to) {
    return "update %s set (%s, %s) = row(%s, %s) where %s"
        .formatted(table, columns, changing, to.values, value(), where());
  }

  private String changed() {
    return changing + " = " + value();
  }

  private String value() {
    return changing.equals("content") ? NOW + "::text" : NOW;
  }

  private String where() {
    return "(%s) = (%s)".formatted(columns, values);
  }
}
