package com.shareuptime.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/** Commands on a backend whose ids are UUIDs, without any job. */
@Timeout(300)
class UuidIdsIT {
  private static final Path MODEL = Path.of("../models/shareuptime-uuid");
  private static final String READER = "00000000-0000-4000-8000-00000000000a";
  private static final String AUTHOR = "00000000-0000-4000-8000-00000000000b";
  private static final String POST = "018f6e2c-9a1b-7cde-8f00-0123456789ab";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
  private final String url = stack.postgresJdbcUrl().replaceAll("/[^/]*$", "/cli_uuids");
  private Path config;

  @BeforeEach
  void start() throws Exception {
    run(stack.postgresJdbcUrl(), "create database cli_uuids");
    run(url, Files.readString(MODEL.resolve("schema.sql")));
    String user = stack.postgresUser();
    String password = stack.postgresPassword();
    Migrations.source(url, user, password, Files.readString(MODEL.resolve("model.sql")));
    try (Connection connection = connect(url)) {
      Migrations.sink(url, user, password, IdKinds.ofViews(connection));
    }
    run(
        url,
        """
        insert into public.users (id, username) values ('%1$s', 'reader'), ('%2$s', 'author');
        insert into public.follows (follower_id, following_id) values ('%1$s', '%2$s');
        insert into public.posts (id, user_id, content) values ('%3$s', '%2$s', 'hello');
        insert into public.likes (user_id, target_id, target_type) values ('%1$s', '%3$s', 'post');
        insert into streams.counters (target_type, target_id, likes_count, version) values ('post', '%3$s', 1, 1)\
        """
            .formatted(READER, AUTHOR, POST));
    try (Jedis redis = new Jedis(stack.redisUrl())) {
      redis.hset("counters:{post:" + POST + "}", "likes", "1");
    }
    config = settings();
  }

  @AfterEach
  void drop() throws SQLException {
    run(stack.postgresJdbcUrl(), "drop database cli_uuids with (force)");
    try (Jedis redis = new Jedis(stack.redisUrl())) {
      redis.flushAll();
    }
  }

  private Connection connect(String where) throws SQLException {
    return DriverManager.getConnection(where, stack.postgresUser(), stack.postgresPassword());
  }

  private void run(String where, String sql) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path settings() throws IOException {
    StringBuilder settings = new StringBuilder();
    for (String side : new String[] {"source", "sink"}) {
      settings
          .append("postgres.%s.url: %s%n".formatted(side, url))
          .append("postgres.%s.user: %s%n".formatted(side, stack.postgresUser()))
          .append("postgres.%s.password-file: %s%n".formatted(side, stack.postgresPasswordFile()));
    }
    settings.append("redis.url: %s%n".formatted(stack.redisUrl()));
    settings.append("kafka.bootstrap: 127.0.0.1:1%n".formatted());
    return Files.writeString(folder.resolve("servers.yaml"), settings);
  }

  private int execute(String... arguments) {
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    out.getBuffer().setLength(0);
    return commandLine.execute(arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void idsOfPeopleAreRead() throws Exception {
    String[] feed = {
      "feed", READER.toUpperCase(Locale.ROOT), "--explain", "--json", "--config", config.toString()
    };
    assertThat(execute(feed)).as(err.toString()).isZero();
    assertThat(json().path("entries").path(0).path("postId").asText()).isEqualTo(POST);
    assertThat(json().path("tables").path("equal").asBoolean()).isTrue();

    assertThat(execute("feed", "7", "--config", config.toString()))
        .isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("'7' is not an id");

    String[] post = {
      "explain", "post", POST, "--json", "--patience", "0", "--config", config.toString()
    };
    assertThat(execute(post)).as(err.toString()).isZero();
    assertThat(json().path("tables").path("likes").asInt()).isEqualTo(1);
    assertThat(json().path("surfaces")).hasSize(2);
    assertThat(json().path("surfaces").findValuesAsText("verdict")).containsOnly("RIGHT");

    String[] user = {
      "explain", "user", READER, "--json", "--patience", "0", "--config", config.toString()
    };
    assertThat(execute(user)).as(err.toString()).isZero();
    assertThat(json().path("feed").path("page").path("entries")).hasSize(1);
  }
}
