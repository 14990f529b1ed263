package com.shareuptime.streams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.document.DocumentIds;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.testing.Repository;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real job over a real index and real tables, both filled by hand. */
@Timeout(180)
class DocumentsIT {
  private static final String SOME_TIME = "2026-01-01T00:00:00.123456Z";

  private static Configuration options;
  private static OpenSearchClient index;

  @BeforeAll
  static void prepare() throws Exception {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.OPENSEARCH));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    String password = stack.postgresPasswordFile().toString();
    options =
        OptionLoader.load(
            new String[] {
              "--postgres.source.url",
              url,
              "--postgres.source.user",
              stack.postgresUser(),
              "--postgres.source.password-file",
              password,
              "--postgres.sink.url",
              url,
              "--postgres.sink.user",
              stack.postgresUser(),
              "--postgres.sink.password-file",
              password,
              "--opensearch.url",
              stack.openSearchUrl(),
              "--reconcile.surfaces",
              "search",
              "--reconcile.counters.grace",
              "1 s",
              "--reconcile.search.lag",
              "1 s",
              "--reconcile.patience",
              "20 s"
            },
            ReconcileOptions.OPTIONS.all());
    index = new OpenSearchClient(OpenSearchAddress.of(options));
  }

  /** Rows and documents that agree: shown, private, deleted, and of an author who is away. */
  @BeforeEach
  void fill() throws Exception {
    sql("truncate public.users, public.likes, public.comments cascade");
    sql("truncate streams.reconcile_buckets, streams.reconcile_findings, streams.counters");
    sql(
        "truncate streams.reconcile_runs, streams.reconcile_scopes, streams.reconcile_canaries"
            + " cascade");
    for (String alias : new String[] {"posts", "reels"}) {
      index.ask("DELETE", "/" + alias + "_v1?ignore_unavailable=true", "");
      String settings =
          Repository.text("contract/src/main/resources/opensearch/" + alias + ".json");
      index.ask("PUT", "/" + alias + "_v1", settings);
      sql(
          "insert into streams.pipeline_progress values ('search.%s', 'FFFFFF/0', now() + interval '1 day')"
                  .formatted(alias)
              + " on conflict (surface) do update set verified_lsn = null, verified_at = null");
    }
    sql("insert into public.users (id, username, display_name) values (1, 'nora', 'Nora')");
    sql(
        "insert into public.users (id, username, display_name, is_active) values (2, 'away',"
            + " 'Away', false)");
    for (long id = 1; id <= 20; id++) {
      row("posts", "content", id, 1, "post " + id, false);
      put("posts", id, document(id, "content", "post " + id, 0));
    }
    row("reels", "caption, video_url", 1, 1, "reel 1', 'v", false);
    put("reels", 1, document(1, "caption", "reel 1", 0));
    sql("update public.posts set visibility = 'private' where id = 2");
    update("posts", 2, "\"visibility\":\"private\"");
    sql("insert into public.likes values ('post', 3, 1), ('post', 3, 2), ('reel', 3, 1)");
    sql("insert into public.shares (post_id, user_id) values (3, 1)");
    update("posts", 3, "\"likes_count\":2,\"shares_count\":1");
    row("posts", "content", 21, 1, "deleted", true);
    put("posts", 21, "{\"id\":21,\"hidden\":true}");
    row("posts", "content", 22, 2, "of one who is away", false);
    put("posts", 22, document(22, "content", "of one who is away", 0));
    update("posts", 22, "\"hidden\":true");
  }

  @Test
  void whatAgreesIsVerified() throws Exception {
    assertThat(findings()).isEmpty();
    assertThat(verified()).isEqualTo(2);
  }

  @Test
  void eachSpoiledDocumentIsFoundAndNothingElse() throws Exception {
    update("posts", 4, "\"content\":\"spoiled\"");
    index.ask("DELETE", "/posts_v1/_doc/5", "");
    put("posts", 100_000, document(100_000, "content", "of nobody", 0));
    update("posts", 6, "\"author\":{\"username\":\"her old name\"}");
    update("posts", 21, shown(21, "deleted"));
    update("posts", 22, "\"hidden\":false");
    update("posts", 7, "\"likes_count\":1");
    update("posts", 8, "\"updated_at\":\"2026-01-01T00:00:00.123457Z\"");
    update("posts", 9, "\"visibility\":null");
    index.ask("PUT", "/posts_v1/_doc/no-id", document(10, "content", "post 10", 0));
    update("reels", 1, "\"caption\":\"spoiled\"");

    assertThat(findings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("post:4", "wrong: content post 4 / content spoiled"),
                Map.entry(
                    "post:5",
                    "missing: public, by nora, {\"likes\":0,\"comments\":0,\"shares\":0}"
                        + " / no document"),
                Map.entry(
                    "post:100000",
                    "extra: no document"
                        + " / public, by nora, {\"likes\":0,\"comments\":0,\"shares\":0}"),
                Map.entry("post:6", "wrong: author.username nora / author.username her old name"),
                Map.entry(
                    "post:21",
                    "extra: no document"
                        + " / public, by nora, {\"likes\":0,\"comments\":0,\"shares\":0}"),
                Map.entry(
                    "post:22",
                    "extra: no document"
                        + " / public, by nora, {\"likes\":0,\"comments\":0,\"shares\":0}"),
                Map.entry(
                    "post:7",
                    "wrong: counts {\"likes\":0,\"comments\":0,\"shares\":0}"
                        + " / counts {\"likes\":1,\"comments\":0,\"shares\":0}"),
                Map.entry(
                    "post:8", "wrong: updated_at 1767225600123456 / updated_at 1767225600123457"),
                Map.entry("post:9", "wrong: visibility public / visibility none"),
                Map.entry("post:10", "wrong: _id 10 / _id no-id"),
                Map.entry("reel:1", "wrong: caption reel 1 / caption spoiled")));
    assertThat(verified()).isZero();
  }

  @Test
  void whatIsRightAgainIsNoLongerOpen() throws Exception {
    update("posts", 4, "\"content\":\"spoiled\"");
    assertThat(findings()).containsOnlyKeys("post:4");
    update("posts", 4, "\"content\":\"post 4\"");
    assertThat(findings()).isEmpty();
    assertThat(verified()).isEqualTo(2);
  }

  // --- in the words of the tests

  /** Runs the job; returns what is open then, key → kind, what is expected and what was found. */
  private static Map<String, String> findings() throws Exception {
    index.ask("POST", "/posts_v1,reels_v1/_refresh", "");
    PostgresAddress source = PostgresAddress.source(options);
    PostgresAddress sink = PostgresAddress.sink(options);
    BucketPlan plan =
        BucketPlan.of(
            source,
            sink,
            new DocumentIds(OpenSearchAddress.of(options)),
            ReconcileOptions.surfaces(options),
            ReconcileOptions.selection(options));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
    ReconcileJob.build(env, plan, ReconcileOptions.settings(options), options);
    env.execute();
    Map<String, String> findings = new TreeMap<>();
    try (Connection connection = sink.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select key, kind || ': ' || expected || ' / ' || found"
                    + " from streams.reconcile_findings where resolved_at is null")) {
      while (row.next()) {
        findings.put(row.getString(1), row.getString(2));
      }
    }
    return findings;
  }

  /** Of how many of the two surfaces all is verified. */
  private static int verified() throws Exception {
    try (Connection connection = PostgresAddress.sink(options).connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(verified_lsn) from streams.pipeline_progress"
                    + " where surface like 'search.%'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void sql(String statement) throws Exception {
    try (Connection connection = PostgresAddress.sink(options).connect();
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  private static void row(
      String table, String columns, long id, long author, String text, boolean deleted)
      throws Exception {
    sql(
        "insert into public.%s (id, author_id, is_deleted, created_at, updated_at, %s) values (%d, %d, %s, '%s', '%s', '%s')"
            .formatted(table, columns, id, author, deleted, SOME_TIME, SOME_TIME, text));
  }

  private static void put(String alias, long id, String document) throws Exception {
    String version = "?version_type=external&version=" + (1_000 + id);
    index.ask("PUT", "/" + alias + "_v1/_doc/" + id + version, document);
  }

  private static void update(String alias, long id, String fields) throws Exception {
    index.ask("POST", "/" + alias + "_v1/_update/" + id, "{\"doc\":{" + fields + "}}");
  }

  private static String document(long id, String textField, String text, long likes) {
    return "{%s,\"id\":%d,\"%s\":\"%s\",\"likes_count\":%d}"
        .formatted(common(), id, textField, text, likes);
  }

  private static String shown(long id, String text) {
    return "%s,\"id\":%d,\"content\":\"%s\",\"likes_count\":0".formatted(common(), id, text);
  }

  private static String common() {
    return ("\"hidden\":false,\"author\":{\"id\":1,\"username\":\"nora\",\"display_name\":\"Nora\","
            + "\"avatar_url\":null,\"is_verified\":false},\"visibility\":\"public\","
            + "\"comments_count\":0,\"shares_count\":0,\"created_at\":\"%1$s\",\"updated_at\":\"%1$s\"")
        .formatted(SOME_TIME);
  }
}
