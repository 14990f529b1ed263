package com.shareuptime.streams.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedRows;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of targets whose ids are of any kind, in a real Postgres. */
class CountQueriesIT {
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    connection =
        DriverManager.getConnection(
            stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
    connection.setAutoCommit(false); // what is made here is not there for others
  }

  @AfterEach
  void forget() throws SQLException {
    connection.rollback();
    connection.close();
  }

  /** Where posts and reels differ, counters may be of posts alone, or name both by texts. */
  @ParameterizedTest
  @CsvSource({
    "NUMBER, NUMBER, bigint, 1",
    "UUID, UUID, uuid, c0ffee00-0000-4000-8000-000000000001",
    "TEXT, TEXT, text, ü{1}",
    "UUID, NUMBER, uuid, c0ffee00-0000-4000-8000-000000000001",
    "NUMBER, UUID, text, 1",
  })
  void rowsAreCountedByTheirTarget(IdKind posts, IdKind reels, String column, String text)
      throws SQLException {
    IdKinds kinds = new IdKinds(IdKind.NUMBER, posts, reels);
    make(kinds, column, text);
    Id post = posts.parse(text);
    Object parameter = kinds.targets().sql(post);
    assertThat(rows(CountQueries.targets(kinds))).containsExactly("post " + text);
    assertThat(rows(CountQueries.ofTarget(kinds), "post", parameter))
        .containsExactly("2 1 0 0 1 0");
    assertThat(rows(CountQueries.ofTargets(Target.Type.POST, IdCondition.ALL, kinds)))
        .containsExactly(text + " 2 1 0");
    assertThat(rows(CountQueries.ofTargets(Target.Type.REEL, IdCondition.ALL, kinds))).isEmpty();
    Object some = posts.sql(Ids.of(post), connection);
    assertThat(
            rows(
                CountQueries.ofTargets(Target.Type.POST, IdCondition.SOME, kinds),
                some,
                some,
                some,
                some))
        .containsExactly(text + " 2 1 0");
    CountedRows likes = new CountedRows(kinds.counter(CounterKind.LIKES), kinds);
    assertThat(rows(likes.anyRow(), "post", parameter, 7L)).hasSize(1);
    assertThat(rows(likes.anyRow(), "post", parameter, 9L)).isEmpty();
  }

  private void make(IdKinds kinds, String column, String id) throws SQLException {
    String target = "(target_type text, target_id " + column;
    sql("drop schema if exists streams_model cascade");
    sql("create schema streams_model");
    sql("create table streams_model.posts (id " + kinds.posts().sql() + ")");
    sql("create table streams_model.reels (id " + kinds.reels().sql() + ")");
    sql("create table streams_model.likes " + target + ", user_id bigint, is_deleted boolean)");
    sql("create table streams_model.shares " + target + ", user_id bigint, is_deleted boolean)");
    sql(
        "create table streams_model.comments "
            + target
            + ", author_id bigint, is_deleted boolean)");
    sql("insert into streams_model.posts values ('" + id + "')");
    sql(
        "insert into streams_model.likes values ('post', '%1$s', 7, false), ('post', '%1$s', 8, false)"
            .formatted(id));
    sql(
        "insert into streams_model.comments values ('post', '%1$s', 7, false), ('post', '%1$s', 8, true)"
            .formatted(id));
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql, Object... parameters) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> columns = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            columns.add(row.getString(i));
          }
          rows.add(String.join(" ", columns));
        }
      }
    }
    return rows;
  }
}
