package com.shareuptime.streams.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** The whole stack, started once. */
class LocalStackIT {
  @TempDir private static Path folder;
  private static LocalStack stack;

  @BeforeAll
  static void startEverything() {
    stack = LocalStack.start(folder.resolve("home"), EnumSet.allOf(Server.class));
  }

  @AfterAll
  static void nothingIsLeftRunning() throws IOException {
    List<Long> pids = new ArrayList<>();
    for (Server server : Server.values()) {
      pids.add(stack.pid(server).orElseThrow());
    }

    stack.close();

    for (Server server : Server.values()) {
      assertThat(stack.isRunning(server)).as(server.id()).isFalse();
    }
    // whoever still works in that home names it in its command line, or is a child of who did
    try (var processes = ProcessHandle.allProcesses()) {
      assertThat(
              processes.filter(process -> pids.contains(process.pid())).filter(LocalStackIT::lives))
          .isEmpty();
    }
  }

  private static boolean lives(ProcessHandle process) {
    try {
      return !Files.readString(Path.of("/proc", process.pid() + "", "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aKilledServerComesBack(Server server) {
    long before = stack.pid(server).orElseThrow();

    stack.kill(server);

    assertThat(stack.isRunning(server)).isFalse();
    assertThat(stack.healthProblem(server)).isPresent();

    stack.start(server);

    assertThat(stack.healthProblem(server)).isEmpty();
    assertThat(stack.pid(server)).isPresent().get().isNotEqualTo(before);
  }

  @Test
  void startingWhatRunsChangesNothing() {
    long before = stack.pid(Server.REDIS).orElseThrow();

    stack.start(EnumSet.of(Server.REDIS));

    assertThat(stack.pid(Server.REDIS)).contains(before);
  }

  @Test
  void theHomeIsEnoughToFindTheStackAgain() {
    LocalStack again = LocalStack.at(stack.home().root(), Ports.fromBase(45_000));

    assertThat(again.ports()).isEqualTo(stack.ports());
    assertThat(again.pid(Server.KAFKA)).isEqualTo(stack.pid(Server.KAFKA));
  }

  @Test
  void committedRowsSurviveAKilledPostgres() throws SQLException {
    try (Connection connection = postgres();
        Statement statement = connection.createStatement()) {
      statement.execute("create table survivor as select 42 as answer");
    }

    stack.kill(Server.POSTGRES);
    stack.start(Server.POSTGRES);

    try (Connection connection = postgres();
        var row = connection.createStatement().executeQuery("select answer from survivor")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void postgresDecodesLogicallyAndAsksForAPassword() throws SQLException {
    try (Connection connection = postgres();
        var row = connection.createStatement().executeQuery("show wal_level")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("logical");
    }
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(stack.postgresJdbcUrl(), stack.postgresUser(), "wrong"))
        .isInstanceOf(SQLException.class);
  }

  private static Connection postgres() throws SQLException {
    return DriverManager.getConnection(
        stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
  }

  @Test
  void redisNeverEvicts() {
    try (Jedis redis = new Jedis(stack.redisUrl())) {
      assertThat(redis.configGet("maxmemory-policy"))
          .containsEntry("maxmemory-policy", "noeviction");
    }
  }

  @Test
  void aDocumentWithAVectorSurvivesAKilledOpenSearch() throws Exception {
    openSearch(
        "PUT",
        "/survivors",
        """
        {
          "settings": {"index.knn": true},
          "mappings": {
            "properties": {
              "vector": {
                "type": "knn_vector",
                "dimension": 2,
                "method": {"name": "hnsw", "engine": "lucene", "space_type": "l2"}
              }
            }
          }
        }
        """);
    openSearch(
        "PUT",
        "/survivors/_doc/1?version=42&version_type=external",
        """
        {"vector": [1, 2]}
        """);

    stack.kill(Server.OPENSEARCH);
    stack.start(Server.OPENSEARCH);

    assertThat(openSearch("GET", "/survivors/_doc/1", "").path("_version").asInt()).isEqualTo(42);
    assertThatThrownBy(
            () -> openSearch("PUT", "/survivors/_doc/1?version=41&version_type=external", "{}"))
        .hasMessageContaining("409");
    openSearch("POST", "/survivors/_refresh", "");
    JsonNode found =
        openSearch(
            "POST",
            "/survivors/_search",
            """
            {"query": {"knn": {"vector": {"vector": [1, 1], "k": 1}}}}
            """);
    assertThat(found.at("/hits/hits/0/_id").asText()).isEqualTo("1");
  }

  @Test
  void openSearchAnalyzesWordsAndMakesNoIndexByItself() throws Exception {
    JsonNode analyzed =
        openSearch(
            "POST",
            "/_analyze",
            """
            {"analyzer": "english", "text": "Running"}
            """);

    assertThat(analyzed.at("/tokens/0/token").asText()).isEqualTo("run");
    assertThatThrownBy(() -> openSearch("PUT", "/nowhere/_doc/1", "{}"))
        .hasMessageContaining("404");
  }

  private static JsonNode openSearch(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.openSearchUrl() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void topicsAreMadeOnceAndMendedWhereTheyWereChanged() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      Topics topics = new Topics(admin);
      assertThat(topics.examine()).hasSize(Topics.ALL.size());
      assertThat(topics.apply()).hasSize(Topics.ALL.size());
      Awaitility.await().untilAsserted(() -> assertThat(topics.examine()).isEmpty());
      assertThat(topics.apply()).isEmpty();

      TopicChange.set(admin, "likes-events", "message.timestamp.type", "CreateTime");

      // a broker applies a change of configuration shortly after it has accepted it
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(topics.examine())
                      .singleElement()
                      .satisfies(finding -> assertThat(finding.what()).contains("is CreateTime")));
      assertThat(topics.apply()).hasSize(1);
      Awaitility.await().untilAsserted(() -> assertThat(topics.examine()).isEmpty());
    }
  }

  @Test
  void aTakenPortIsNamedWithItsOwnerAndTheWayOut(@TempDir Path other) throws IOException {
    Ports ports = Ports.free();
    try (ServerSocket squatter =
        new ServerSocket(ports.of(Port.REDIS), 1, InetAddress.getLoopbackAddress())) {
      LocalStack blocked = LocalStack.at(other.resolve("home"), ports);

      assertThatThrownBy(() -> blocked.start(Server.REDIS))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("Port " + squatter.getLocalPort() + ", which redis needs, is taken")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .satisfies(
              failure ->
                  assertThat(((CommandException) failure).next()).contains("STREAMS_PORT_BASE"));
    }
  }

  @Test
  void aServerThatCrashesAtItsStartShowsItsLastWords(@TempDir Path other) throws IOException {
    LocalStack broken = LocalStack.at(other.resolve("home"), Ports.free());
    Path data = broken.home().data(Server.POSTGRES);
    Files.createDirectories(data);
    Files.writeString(data.resolve("PG_VERSION"), "9.6\n");

    assertThatThrownBy(() -> broken.start(Server.POSTGRES))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("postgres ended while it started")
        .satisfies(
            failure ->
                assertThat(((CommandException) failure).next())
                    .contains(broken.home().log(Server.POSTGRES).toString())
                    .contains("FATAL"));
    assertThat(broken.isRunning(Server.POSTGRES)).isFalse();
  }
}
