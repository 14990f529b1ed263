package com.shareuptime.streams.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tables say that searches must find, documents show; of every sort of post and user. */
@Timeout(120)
class DocumentTruthIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Users of all sorts, and a post of each sort by each; rolled back. */
  private static final String ROWS =
      """
      create schema if not exists streams_model;
      drop view if exists streams_model.posts cascade;
      drop view if exists streams_model.users cascade;
      create table streams_model.users as
      select row_number() over () as id, 'nora'::text as username, 'N'::text as display_name,
             null::text as avatar_url, false as is_verified, is_active, is_private
      from unnest(array[true, false]) is_active, unnest(array[true, false]) is_private;
      create table streams_model.posts as
      select row_number() over () as id, u.id as author_id, 'text'::text as content, visibility,
             is_deleted, to_timestamp(1) as created_at, to_timestamp(2) as updated_at
      from streams_model.users u, unnest(array[true, false]) is_deleted,
           unnest(array['public', 'unlisted', 'followers', 'private', 'other']) visibility
      """;

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    connection =
        DriverManager.getConnection(
            stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROWS);
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void aPostIsFoundWithTheVisibilityThatTheTablesSay() throws Exception {
    Map<Long, String> truth = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(DocumentQueries.shown(Target.Type.POST, IdCondition.ALL))) {
      while (row.next()) {
        truth.put(row.getLong("id"), row.getString("visibility"));
      }
    }
    assertThat(found()).isEqualTo(truth).hasSize(9);
  }

  private static Map<Long, String> found() throws Exception {
    Map<Long, String> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select p.*, u.is_active, u.is_private from streams_model.posts p"
                    + " join streams_model.users u on u.id = p.author_id")) {
      while (row.next()) {
        JsonNode document = document(row);
        if (!document.path("hidden").asBoolean()) {
          found.put(document.path("id").asLong(), document.path("visibility").asText());
        }
      }
    }
    return found;
  }

  /** As the job writes it. */
  private static JsonNode document(ResultSet row) throws Exception {
    DocumentKey key = new DocumentKey(DocumentType.POST, Id.of(row.getLong("id")));
    RowVersion version = new RowVersion(1, 1);
    DocumentRow post =
        new DocumentRow(
            key,
            version,
            true,
            row.getBoolean("is_deleted"),
            Id.of(row.getLong("author_id")),
            row.getString("content"),
            row.getString("visibility"),
            1,
            2,
            3);
    AuthorRow author =
        new AuthorRow(
            post.author(),
            version,
            row.getBoolean("is_active"),
            "nora",
            "N",
            null,
            false,
            row.getBoolean("is_private"));
    DocumentJson json = new DocumentJson(IdKinds.NUMBERS);
    return JSON.readTree(
        post.isShown()
            ? json.shown(post, Assembly.EMPTY.told(author, version, post), null)
            : json.hidden(key));
  }
}
