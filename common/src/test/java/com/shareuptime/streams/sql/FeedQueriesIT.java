package com.shareuptime.streams.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.truth.FeedQueries;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in feeds, asked of views whose ids are of each kind. */
@Timeout(60)
class FeedQueriesIT {
  private static final String VIEWS =
      """
      create schema streams_model;
      create table streams_model.users (id %1$s, is_active boolean);
      create table streams_model.follows (follower_id %1$s, followee_id %1$s, status text);
      create table streams_model.posts (id %2$s, author_id %1$s, visibility text, is_deleted boolean,
                                        in_feeds boolean, created_at timestamptz)""";

  /** In an order of which a locale makes another. */
  private static final List<String> TEXTS = List.of("a_1", "B", "b", "~", "\u00fc", "\ud83d\ude00");

  private static Id id(IdKind kind, int number) {
    return switch (kind) {
      case NUMBER -> Id.of(number);
      case UUID -> Id.ofUuid((long) number << 61, number);
      case TEXT -> Id.of(TEXTS.get(number % TEXTS.size()) + number / TEXTS.size());
    };
  }

  @ParameterizedTest
  @CsvSource({"NUMBER, NUMBER", "UUID, UUID", "TEXT, TEXT", "UUID, TEXT", "TEXT, NUMBER"})
  void feedsAreThoseOfTheTables(IdKind users, IdKind posts) throws SQLException {
    IdKinds kinds = new IdKinds(users, posts, posts);
    Id reader = id(users, 1);
    Id author = id(users, 2);
    List<Id> shown = new ArrayList<>();
    try (TestDatabase database = new TestDatabase()) {
      database.run(VIEWS.formatted(users.sql(), posts.sql()));
      update(database, "insert into streams_model.users values (?, true)", users.sql(reader));
      update(database, "insert into streams_model.users values (?, true)", users.sql(author));
      update(
          database,
          "insert into streams_model.follows values (?, ?, 'accepted')",
          users.sql(reader),
          users.sql(author));
      List<String> visibilities = List.of("public", "unlisted", "followers", "private");
      for (int i = 1; i <= 24; i++) {
        String visibility = visibilities.get(i % 4);
        boolean inFeeds = i % 5 != 0;
        update(
            database,
            "insert into streams_model.posts values (?, ?, ?, false, ?, '2026-01-01Z')",
            posts.sql(id(posts, i)),
            users.sql(i % 7 == 0 ? reader : author),
            visibility,
            inFeeds);
        if (inFeeds && !visibility.equals("private")) {
          shown.add(id(posts, i));
        }
      }
      shown.sort(Comparator.reverseOrder());

      assertThat(ids(database, FeedQueries.page(kinds), 1, users.sql(reader), 100, 0))
          .isEqualTo(shown);
      assertThat(
              ids(
                  database,
                  FeedQueries.newestOfReaders(5, kinds),
                  2,
                  array(database, users, reader)))
          .containsExactlyInAnyOrderElementsOf(shown.subList(0, 5));
      assertThat(
              ids(
                  database,
                  FeedQueries.newestOfAuthors(100, kinds),
                  2,
                  array(database, users, reader, author)))
          .containsExactlyInAnyOrderElementsOf(shown);
      assertThat(ids(database, FeedQueries.ofReaders(users), 2, array(database, users, reader)))
          .containsExactlyInAnyOrderElementsOf(shown);
      assertThat(
              ids(
                  database,
                  FeedQueries.positions(posts),
                  1,
                  array(database, posts, shown.toArray(Id[]::new))))
          .isEqualTo(shown);
    }
  }

  /** Where it can: what it could only scan, no setting keeps the planner from scanning. */
  @Test
  void theIndexThatMigrateMakesIsUsed() throws SQLException {
    try (TestDatabase database = new TestDatabase()) {
      BaseSchema.apply(database.url(), database.user(), database.password());
      Migrations.source(database.url(), database.user(), database.password());
      database.run("set enable_seqscan = off");
      for (String query : List.of(FeedQueries.newestOfReaders(5), FeedQueries.newestOfAuthors(5))) {
        List<String> plan = new ArrayList<>();
        Object one = array(database, IdKind.NUMBER, Id.of(1));
        try (PreparedStatement statement = prepared(database, "explain " + query, one);
            ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            plan.add(rows.getString(1));
          }
        }
        assertThat(plan).anyMatch(line -> line.contains("using posts_author_created on posts"));
      }
    }
  }

  private static Object array(TestDatabase database, IdKind kind, Id... ids) throws SQLException {
    return kind.sql(Ids.of(ids), database.connection());
  }

  private static void update(TestDatabase database, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepared(database, sql, parameters)) {
      statement.executeUpdate();
    }
  }

  private static List<Id> ids(TestDatabase database, String sql, int column, Object... parameters)
      throws SQLException {
    List<Id> ids = new ArrayList<>();
    try (PreparedStatement statement = prepared(database, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.add(Id.ofSql(rows.getObject(column)));
      }
    }
    return ids;
  }

  private static PreparedStatement prepared(TestDatabase database, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = database.connection().prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
