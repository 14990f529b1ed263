package com.shareuptime.streams.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against servers without any job: the tables answer. */
class FeedCommandIT {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LocalStack stack;
  private Path config;

  @BeforeEach
  void start() throws Exception {
    stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    config = settings(stack.redisUrl());
  }

  private Path settings(String redisUrl) throws IOException {
    StringBuilder settings = new StringBuilder();
    for (String side : new String[] {"source", "sink"}) {
      settings
          .append("postgres.%s.url: %s%n".formatted(side, stack.postgresJdbcUrl()))
          .append("postgres.%s.user: %s%n".formatted(side, stack.postgresUser()))
          .append("postgres.%s.password-file: %s%n".formatted(side, stack.postgresPasswordFile()));
    }
    settings.append("redis.url: %s%n".formatted(redisUrl));
    settings.append("kafka.bootstrap: 127.0.0.1:1%n".formatted());
    return Files.writeString(folder.resolve("servers.yaml"), settings);
  }

  private int execute(String... arguments) {
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void anUnknownUserIsAnErrorOfUsage() {
    assertThat(execute("feed", "987654321", "--config", config.toString()))
        .isEqualTo(CommandException.USAGE);
    assertThat(err.toString())
        .contains("There is no user 987654321.", "Give the id of a row of public.users.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aUserWithoutAFeedGetsThePageOfTheTables() throws Exception {
    try (var connection =
            DriverManager.getConnection(
                stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into public.users (id, username, display_name) values (70001, 'feedless', 'F')"
              + " on conflict do nothing");
      statement.execute(
          "insert into public.posts (id, author_id, content) values (70001, 70001, 'mine')"
              + " on conflict do nothing");
    }
    assertThat(execute("feed", "70001", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("70001");
  }

  @Test
  void whileRedisIsAwayTheTablesAnswerAndTheErrorSaysSo() throws Exception {
    aUserWithoutAFeedGetsThePageOfTheTables();
    Path away = settings("redis://127.0.0.1:1/0");
    assertThat(execute("feed", "70001", "--config", away.toString()))
        .isEqualTo(CommandException.UNREACHABLE);
    assertThat(err.toString()).contains("Redis at redis://127.0.0.1:1/0 did not answer.");
  }
}
