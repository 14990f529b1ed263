package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.FreshStack;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchIndexesIT {
  private static FreshStack stack;
  private static Settings settings;
  private static OpenSearch openSearch;

  @BeforeAll
  static void start() throws SQLException {
    stack = new FreshStack();
    settings = stack.settings();
    openSearch = OpenSearch.of(settings).orElseThrow();
  }

  @AfterAll
  static void stop() throws SQLException {
    stack.leave();
  }

  @Test
  void anIndexThatIsGoneIsMadeAgainUnderTheNameThatTheJobWrites() throws SQLException {
    run("update streams.search_indexes set name = 'posts_v2' where alias = 'posts'");
    openSearch.drop("posts_v1");
    assertThat(openSearch.behind("posts")).isEmpty();

    SearchIndexes.apply(settings);

    assertThat(openSearch.behind("posts")).contains("posts_v2");
  }

  @Test
  void anIndexHasIdsAsTheProductHasThem() throws SQLException {
    openSearch.drop("reels_v1");
    run("delete from streams.entities");
    run(
        "insert into streams.entities (name, singular, id_kind) values"
            + " ('users', 'user', 'uuid'), ('reels', 'reel', 'text')");
    try {
      SearchIndexes.apply(settings);

      var fields =
          openSearch.ask("GET", "/reels_v1/_mapping", "").at("/reels_v1/mappings/properties");
      assertThat(fields.at("/id/type").asText()).isEqualTo("keyword");
      assertThat(fields.at("/author/properties/id/type").asText()).isEqualTo("keyword");
    } finally {
      run("delete from streams.entities");
    }
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = Database.source(settings).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
