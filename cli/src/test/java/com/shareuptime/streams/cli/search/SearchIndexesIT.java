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

  private static void run(String sql) throws SQLException {
    try (Connection connection = Database.source(settings).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
