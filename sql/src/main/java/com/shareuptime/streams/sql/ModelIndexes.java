package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Column;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The indexes that reading needs: posts by author and time, counters by target, follows both ways.
 * On ShareUptime's own tables the one that may be missing is made, while posts are few; on other
 * tables the statements are only told, as nobody knows how long they take.
 */
public final class ModelIndexes {
  /** Above this size writes of posts would wait for longer than a second. */
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private static final String CANONICAL =
      """
      create index posts_author_created on public.posts (author_id, created_at desc, id desc)
        where not is_deleted and visibility in ('public', 'unlisted', 'followers')""";

  /** By which it is told from one that somebody has built by hand. */
  private static final String MARK =
      "comment on index public.posts_author_created is 'Made by ./streams migrate'";

  private static final String UNDO =
      """
      select 'drop index public.posts_author_created'
      where obj_description(to_regclass('public.posts_author_created'), 'pg_class') = 'Made by ./streams migrate'""";

  private static final List<String> BY_AUTHOR = List.of("author_id", "created_at");

  /** One that earlier builds have made leaves unlisted posts out: no query of feeds can use it. */
  private static final String IS_NARROW =
      """
      select exists (
        select from pg_index where indexrelid = to_regclass('public.posts_author_created') and indisvalid
                               and pg_get_expr(indpred, indrelid) not like '%unlisted%')""";

  private static final String IS_BROKEN =
      "select exists (select from pg_index where indexrelid = to_regclass('public.posts_author_created') and not indisvalid)";

  private static final String IS_LATE = "select pg_table_size('public.posts') > " + MOST_BYTES;

  /** Whether an index begins with these columns, or was made by what is told here. */
  private static final String SERVES =
      """
      select exists (
        select from pg_index i join pg_class x on x.oid = i.indexrelid
        where i.indrelid = to_regclass(?) and i.indisvalid
          and (x.relname = ?
               or ?::text[] = array(select a.attname::text from unnest(i.indkey::int[]) with ordinality k (num, place)
                                    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num
                                    where k.place <= cardinality(?::text[]) order by k.place)))""";

  private final Connection connection;
  private final SourceModel model;

  public ModelIndexes(Connection connection, SourceModel model) {
    this.connection = connection;
    this.model = model;
  }

  /**
   * What migrate makes: the canonical index, if it is missing.
   *
   * @throws CommandException if it must be made another way, as the table is large
   */
  List<String> missing() throws SQLException {
    if (!model.isCanonical()) {
      return List.of();
    }
    boolean isNarrow = Sql.is(connection, IS_NARROW);
    if (!isNarrow
        && Sql.is(
            connection, SERVES, "public.posts", "posts_author_created", BY_AUTHOR, BY_AUTHOR)) {
      return List.of();
    }
    if (Sql.is(connection, IS_BROKEN) || Sql.is(connection, IS_LATE)) {
      throw CommandException.wrong(
          "public.posts lacks the index posts_author_created, or a part of it.",
          "Build it without stopping writes: psql -f sql/production/posts_author_created.sql. Then migrate again.");
    }
    return isNarrow
        ? List.of("drop index public.posts_author_created", CANONICAL, MARK)
        : List.of(CANONICAL, MARK);
  }

  /** What takes the index away, if migrate has made it. */
  static List<String> undo(Connection connection) throws SQLException {
    return Sql.texts(connection, UNDO);
  }

  /** What somebody should run at a quiet time, as otherwise reading is slow. */
  public List<String> advice() throws SQLException {
    List<String> advice = new ArrayList<>();
    if (model.isCanonical()) {
      return advice;
    }
    for (BoundEntity entity : model.bound().entities()) {
      for (int i = 0; i < entity.branches().size(); i++) {
        BoundBranch branch = entity.branches().get(i);
        String name = "streams_" + entity.name() + (i == 0 ? "" : "_" + (i + 1)) + "_by_";
        switch (entity.entity().kind()) {
          case POSTS ->
              advise(branch, name + "author", List.of("author_id", "created_at"), "id", advice);
          case FOLLOWS -> {
            advise(branch, name + "follower", List.of("follower_id"), "followee_id", advice);
            advise(branch, name + "followee", List.of("followee_id"), "follower_id", advice);
          }
          case COUNTER -> advise(branch, name + "target", List.of("target_id"), null, advice);
          default -> {
            // asked by their ids alone
          }
        }
      }
    }
    return advice;
  }

  /**
   * @param keys canonical columns that it must begin with
   * @param last one more that it is made with
   */
  private void advise(
      BoundBranch branch, String name, List<String> keys, String last, List<String> advice)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (String key : keys) {
      Expression expression = branch.branch().columns().get(key);
      if (expression == null || expression instanceof Literal) {
        return;
      }
      parts.add(part(expression, key));
      columns.add(expression instanceof Column column ? column.name() : "");
    }
    String table = branch.table().sqlName();
    if (Sql.is(connection, SERVES, table, name, columns, columns)) {
      return;
    }
    if (last != null) {
      parts.add(part(branch.branch().columns().get(last), last));
    }
    advice.add(
        "create index concurrently if not exists %s on %s (%s);"
            .formatted(name, table, parts.stream().collect(Collectors.joining(", "))));
  }

  private static String part(Expression expression, String key) {
    String sql = SqlText.of(expression);
    String whole = expression instanceof Column ? sql : "(" + sql + ")";
    return key.equals("created_at") || key.equals("id") ? whole + " desc" : whole;
  }
}
