package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.Bringup;
import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.local.stack.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchIndexesIT {
  private static final Set<Server> SERVERS =
      EnumSet.of(Server.POSTGRES, Server.KAFKA, Server.OPENSEARCH);

  private static Settings settings;
  private static OpenSearch openSearch;

  @BeforeAll
  static void start() {
    LocalStack stack = LocalStack.shared(SERVERS);
    new Bringup(stack, line -> {}).withoutJobs(SERVERS);
    settings = Settings.of(stack);
    openSearch = OpenSearch.of(settings).orElseThrow();
  }

  @AfterAll
  static void stop() throws SQLException {
    List.of("posts_v1", "posts_v2", "reels_v1").forEach(openSearch::drop);
    run("delete from streams.search_indexes");
  }

  @Test
  void anIndexThatIsGoneIsMadeAgainUnderTheNameThatTheJobWrites() throws SQLException {
    run("update streams.search_indexes set name = 'posts_v2' where alias = 'posts'");
    openSearch.drop("posts_v1");
    assertThat(openSearch.behind("posts")).isEmpty();

    SearchIndexes.apply(settings, Installation.find().jobJar("search"));

    assertThat(openSearch.behind("posts")).contains("posts_v2");
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = Database.source(settings).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
