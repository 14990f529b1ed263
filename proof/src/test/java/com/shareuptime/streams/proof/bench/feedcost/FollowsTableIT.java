package com.shareuptime.streams.proof.bench.feedcost;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FollowsTableIT {
  /** Other tests have the product's own table. */
  private static final String SCHEMA = "follow_graph";

  @Test
  void acceptedFollowsAreCountedAtBothEnds() throws Exception {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    String url =
        "%s?user=%s&password=%s&currentSchema=%s"
            .formatted(
                stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword(), SCHEMA);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("create schema " + SCHEMA);
      statement.execute(
          "create table follows (follower_id bigint, followee_id bigint, status text)");
      statement.execute(
          "insert into follows values (1, 9, 'accepted'), (2, 9, 'accepted'), (3, 9, 'pending'),"
              + " (1, 8, 'accepted')");
    }

    FollowGraph graph = new FollowsTable(url).graph();

    assertThat(graph.authors()).isEqualTo(Map.of(1, 1L, 2, 1L));
    assertThat(graph.readers()).isEqualTo(Map.of(1, 1L, 2, 1L));
  }
}
