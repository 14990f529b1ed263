package com.shareuptime.streams.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.FreshStack;
import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine;

/** The whole stack with some jobs, and the command on it. */
public final class ExplainedStack {
  private final Path folder;
  private final FreshStack fresh;
  private final Settings settings;

  /** How a command ended. */
  public record Ended(int code, String out, String err) {}

  /**
   * Starts what is not running.
   *
   * @param folder for settings
   */
  public ExplainedStack(Path folder, List<String> jobs) throws SQLException {
    this(folder, jobs, Map.of());
  }

  /**
   * The same with other options of the jobs.
   *
   * @param options by job
   */
  public ExplainedStack(Path folder, List<String> jobs, Map<String, Map<String, String>> options)
      throws SQLException {
    this.folder = folder;
    fresh = new FreshStack();
    settings = fresh.settings();
    for (String job : jobs) {
      fresh.submit(List.of(job), options.getOrDefault(job, Map.of()));
    }
  }

  public void stop() throws SQLException {
    fresh.leave();
  }

  public Settings settings() {
    return settings;
  }

  public void product(String... statements) throws SQLException {
    execute(Database.source(settings), statements);
  }

  public void sink(String... statements) throws SQLException {
    execute(Database.sink(settings), statements);
  }

  /** A number of the read models' database. */
  public long ask(String query) throws SQLException {
    return number(Database.sink(settings), query);
  }

  /** A number of the product's database. */
  public long askProduct(String query) throws SQLException {
    return number(Database.source(settings), query);
  }

  private static long number(Database database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Database database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  public void openSearch(String method, String path, String body) {
    OpenSearch.of(settings).orElseThrow().ask(method, path, body);
  }

  /** Returns when Kafka has it. */
  public void send(String topic, String key, String value) throws Exception {
    try (Producer<String, String> producer = Servers.producer(settings)) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  /** Runs a command on these servers. */
  public Ended run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /**
   * The same with other settings.
   *
   * @param others what wins over those of these servers
   */
  public Ended run(Map<String, String> others, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config(settings.overriddenBy(new Settings(others)))));
    int code = commandLine.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private String config(Settings wanted) {
    String lines =
        wanted.values().entrySet().stream()
            .map(setting -> setting.getKey() + ": " + setting.getValue())
            .collect(Collectors.joining("\n"));
    try {
      return Files.write(folder.resolve("servers.yaml"), lines.getBytes(UTF_8)).toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Runs a command that must be done. */
  public String done(String... arguments) {
    Ended ended = run(arguments);
    assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
    return ended.out();
  }
}
