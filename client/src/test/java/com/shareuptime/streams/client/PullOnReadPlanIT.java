package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKinds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A million posts of ten thousand authors; user 1 follows a thousand, user 2 ten, user 3 nobody.
 */
@Timeout(300)
class PullOnReadPlanIT {
  private static Stores stores;

  @BeforeAll
  static void fill() throws SQLException {
    stores = new Stores("feed_plan");
    for (String sql :
        new String[] {
          "insert into public.users (id, username, display_name) select i, 'u' || i, '' from"
              + " generate_series(1, 10000) i",
          """
          insert into public.posts (id, author_id, content, is_deleted, visibility, created_at)
          select i, 1 + (i * 7919::bigint) % 10000, 'post ' || i, i % 50 = 0, case when i % 20 = 0 then 'private' else 'public' end,
                 timestamptz '2026-01-01 00:00:00Z' + i * interval '10 seconds'
          from generate_series(1, 1000000) i
          """,
          "insert into public.follows (follower_id, followee_id) select 1, i from"
              + " generate_series(2, 10000, 10) i",
          "insert into public.follows (follower_id, followee_id) select 2, i from"
              + " generate_series(100, 1000, 100) i",
          "insert into public.follows (follower_id, followee_id) select f, g from"
              + " generate_series(11, 5000) f, generate_series(1, 10) g where f <> g",
          "vacuum (analyze)"
        }) {
      stores.run(sql);
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    stores.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, force_custom_plan", "2, force_custom_plan", "3, force_custom_plan",
    "1, force_generic_plan", "2, force_generic_plan", "3, force_generic_plan"
  })
  void noPlanScansThePosts(long user, String mode) throws SQLException {
    String plan = explain(sql("newest.sql"), mode, user + ", 1770000000000000, 5, 20");
    assertThat(plan)
        .doesNotContain("Seq Scan on posts")
        .contains("Index Only Scan using posts_author_created on posts");
  }

  @ParameterizedTest
  @CsvSource({"force_custom_plan", "force_generic_plan"})
  void postsAreLoadedByTheirKeys(String mode) throws SQLException {
    String ids =
        LongStream.range(0, 25)
            .mapToObj(i -> Long.toString(5 + i * 20_000))
            .collect(Collectors.joining(","));
    String plan = explain(sql("shown.sql"), mode, "1, '{" + ids + "}'");
    assertThat(plan).doesNotContain("Seq Scan on posts").contains("using posts_pkey");
  }

  private static String sql(String file) {
    return Query.ofKinds(PostTable.withCounters(file, IdKinds.NUMBERS), IdKinds.NUMBERS);
  }

  private static String explain(String sql, String mode, String parameters) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = stores.postgres.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set plan_cache_mode = " + mode);
      statement.execute("prepare page as " + sql);
      try (PreparedStatement explain =
              connection.prepareStatement(
                  "explain (analyze, buffers) execute page(" + parameters + ")");
          ResultSet row = explain.executeQuery()) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      statement.execute("deallocate page");
    }
    return plan.toString();
  }
}
