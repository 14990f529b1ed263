package com.shareuptime.streams.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.Bringup;
import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.cli.check.Servers;
import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.cli.search.OpenSearch;
import com.shareuptime.streams.local.stack.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.StackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/** The command on a whole stack: what is spoiled by hand is named, and mended by its owner. */
@Timeout(300)
class ExplainCommandIT {
  private static final long POST = 900_001;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static Settings settings;
  private static Jobs jobs;
  private static String config;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    LocalStack stack = LocalStack.shared(EnumSet.allOf(Server.class));
    new Bringup(stack, line -> {}).withoutJobs(EnumSet.allOf(Server.class));
    Installation installation = Installation.find();
    settings = Settings.of(stack);
    config =
        Files.writeString(
                folder.resolve("servers.yaml"),
                settings.values().entrySet().stream()
                    .map(setting -> setting.getKey() + ": " + setting.getValue())
                    .collect(Collectors.joining("\n")))
            .toString();
    jobs = new Jobs(new FlinkClient(stack.flinkUrl()), installation, stack.home(), true);
    for (String job : List.of("ingest", "counters", "search")) {
      jobs.submit(
          job,
          Settings.ofJob(installation.flinkConf(), job).overriddenBy(settings),
          Optional.empty(),
          OptionalInt.empty());
    }
    product(
        "insert into public.users (id, username, display_name) select %1$d + i, 'explained' || i, 'E' from generate_series(0, 4) i"
            .formatted(POST),
        "insert into public.posts (id, author_id, content) overriding system value values (%1$d, %1$d, 'as it is')"
            .formatted(POST),
        "insert into public.likes (user_id, target_type, target_id) select %1$d + i, 'post', %1$d from generate_series(1, 3) i"
            .formatted(POST));
    awaitRight();
  }

  @AfterAll
  static void stop() throws Exception {
    jobs.flink().jobs().stream()
        .filter(job -> !job.hasEnded())
        .forEach(job -> jobs.flink().cancel(job.id()));
    OpenSearch openSearch = OpenSearch.of(settings).orElseThrow();
    List.of("posts_v1", "reels_v1").forEach(index -> openSearch.ask("DELETE", "/" + index, ""));
    product(
        "delete from public.likes where target_id = " + POST,
        "delete from public.posts where id = " + POST,
        "delete from public.users where id between %d and %d".formatted(POST, POST + 4));
    sink("delete from streams.search_indexes");
  }

  private static void product(String... statements) throws SQLException {
    execute(Database.source(settings), statements);
  }

  private static void sink(String... statements) throws SQLException {
    execute(Database.sink(settings), statements);
  }

  private static void execute(Database database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static Ended explain(String... more) {
    return explain(POST, more);
  }

  private static Ended explain(long post, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    List<String> arguments =
        new ArrayList<>(List.of("explain", "post", Long.toString(post), "--config", config));
    arguments.addAll(List.of(more));
    int code = commandLine.execute(arguments.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  /** Verdicts by surface. */
  private static Map<String, String> verdicts() throws Exception {
    Map<String, String> verdicts = new HashMap<>();
    for (JsonNode surface : JSON.readTree(explain("--json").out).path("surfaces")) {
      verdicts.put(surface.path("name").asText(), surface.path("verdict").asText());
    }
    return verdicts;
  }

  private static void awaitRight() {
    Map<String, String> right =
        Map.of("counters.postgres", "RIGHT", "counters.redis", "RIGHT", "search.posts", "RIGHT");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(verdicts()).as(explain().out).isEqualTo(right));
    assertThat(explain().code).isZero();
  }

  private static void refresh() {
    Ended asked = explain("--refresh");
    assertThat(asked.code).as(asked.err).isZero();
    awaitRight();
  }

  @Test
  void aCountMadeWrongInPostgresIsNamedAndMended() throws Exception {
    sink("update streams.counters set likes_count = 41 where target_id = " + POST);
    Ended wrong = explain();
    assertThat(wrong.code).isEqualTo(StackException.WRONG);
    assertThat(wrong.out)
        .containsPattern("counters\\.postgres +41 +0 +0 .*WRONG.*likes 41, not 3")
        .containsPattern("counters\\.redis +3 +0 +0 .*right")
        .contains("./streams explain post " + POST + " --refresh");
    refresh();
  }

  @Test
  void aHashThatIsGoneOrSpoiledInRedisIsNamedAndMended() throws Exception {
    String key = "counters:{post:" + POST + "}";
    try (Jedis redis = Servers.redis(settings)) {
      redis.hset(key, "likes", "2");
      assertThat(explain().out).containsPattern("counters\\.redis +2 .*WRONG.*likes 2, not 3");
      redis.del(key);
    }
    assertThat(verdicts()).containsEntry("counters.redis", "WRONG");
    refresh();
  }

  @Test
  void aDocumentThatIsSpoiledIsNamedAndMended() throws Exception {
    OpenSearch openSearch = OpenSearch.of(settings).orElseThrow();
    openSearch.ask(
        "POST",
        "/posts_v1/_update_by_query?refresh=true",
        "{\"query\":{\"term\":{\"id\":%d}},\"script\":{\"source\":\"ctx._source.content = 'spoiled'\"}}"
            .formatted(POST));
    Ended wrong = explain();
    assertThat(wrong.code).isEqualTo(StackException.WRONG);
    assertThat(wrong.out).contains("content is 'spoiled', not 'as it is'");
    refresh();
  }

  @Test
  void whatHasNoRowIsNowhere() {
    Ended nowhere = explain(987_654_321);
    assertThat(nowhere.code).as(nowhere.err).isZero();
    assertThat(nowhere.out).contains("post 987654321 has no row").doesNotContain("WRONG");
  }
}
