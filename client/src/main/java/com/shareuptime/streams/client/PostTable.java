package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.feed.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Posts from the product's tables, counters from {@code streams.counters}: in one query where both
 * are in one database, else in two.
 */
final class PostTable implements PostStore {
  private static final String WITH_COUNTERS =
      """
      select p.*, %s
      from (
      %s
      ) p
      left join streams.counters c
        on c.target_type = 'post' and c.target_id = p.id/*target*/ and c.deleted_at is null
      order by p.created_at desc, p.id/*order*/ desc
      """;

  private final DataSource source;
  private final DataSource counters;
  private final IdKinds kinds;
  private final CounterTable counts;
  private final Query shown;
  private final Query newest;

  /**
   * @param source the product's database
   * @param counters the one of the read models; may be the same object
   */
  PostTable(DataSource source, DataSource counters, IdKinds kinds) {
    this.source = source;
    this.counters = counters;
    this.kinds = kinds;
    this.counts = new CounterTable(kinds);
    this.shown = posts("shown.sql");
    this.newest = posts("newest.sql");
  }

  static String withCounters(String file, IdKinds kinds) {
    String counts =
        kinds.counters().stream()
            .map(counter -> "coalesce(c.%1$s, 0) as %1$s".formatted(counter.column()))
            .collect(Collectors.joining(", "));
    return WITH_COUNTERS.formatted(counts, Query.text(file));
  }

  private boolean isOneDatabase() {
    return source == counters;
  }

  private Query posts(String file) {
    return Query.of(isOneDatabase() ? withCounters(file, kinds) : Query.text(file), kinds);
  }

  @Override
  public List<FeedEntry> shown(Id user, Collection<Id> ids) {
    return read("posts of the feed of user " + user, shown, kinds.users().sql(user), Ids.of(ids));
  }

  @Override
  public List<FeedEntry> newest(Id user, Cursor below, int limit) {
    return read(
        "the feed of user " + user,
        newest,
        kinds.users().sql(user),
        below.createdAt(),
        kinds.posts().sql(below.postId()),
        limit);
  }

  private List<FeedEntry> read(String what, Query query, Object... parameters) {
    List<FeedEntry> posts = new ArrayList<>();
    try (Connection connection = source.getConnection();
        PreparedStatement statement = query.prepare(connection, jdbc(connection, parameters));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        posts.add(post(row));
      }
    } catch (SQLException e) {
      throw new FeedUnavailableException("Cannot read " + what + " from the product's tables", e);
    }
    return isOneDatabase() || posts.isEmpty() ? posts : counted(posts);
  }

  private Object[] jdbc(Connection connection, Object... parameters) throws SQLException {
    Object[] converted = parameters.clone();
    for (int i = 0; i < converted.length; i++) {
      if (converted[i] instanceof Ids ids) {
        converted[i] = kinds.posts().sql(ids, connection);
      }
    }
    return converted;
  }

  private FeedEntry post(ResultSet row) throws SQLException {
    boolean isCounted = isOneDatabase();
    return new FeedEntry(
        Id.ofSql(row.getObject("id")),
        Id.ofSql(row.getObject("author_id")),
        row.getLong("position"),
        row.getString("content"),
        isCounted ? counts.counts(row) : Counts.ZERO,
        Origin.TABLE);
  }

  private List<FeedEntry> counted(List<FeedEntry> posts) {
    Ids ids = Ids.of(posts.stream().map(FeedEntry::postId).toList());
    Map<Id, Counts> found;
    try (Connection connection = counters.getConnection()) {
      found = counts.read(connection, Target.Type.POST, ids);
    } catch (SQLException e) {
      throw new FeedUnavailableException(
          "Cannot read the counters of " + ids.size() + " posts from streams.counters", e);
    }
    return posts.stream()
        .map(post -> post.with(found.getOrDefault(post.postId(), Counts.ZERO)))
        .toList();
  }
}
