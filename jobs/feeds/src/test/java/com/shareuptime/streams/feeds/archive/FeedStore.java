package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.SecretFile;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The real Postgres of the tests, with the schema of the sinks. */
record FeedStore(LocalStack stack) {

  /** Starts what does not run of {@code servers}, Postgres among them, and migrates. */
  static FeedStore start(Set<Server> servers) throws SQLException {
    LocalStack stack = LocalStack.shared(servers);
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    return new FeedStore(stack);
  }

  PostgresAddress address() {
    return new PostgresAddress(
        stack.postgresJdbcUrl(),
        stack.postgresUser(),
        new SecretFile("postgres.sink.password-file", stack.postgresPasswordFile().toString()));
  }

  void sql(String sql) throws SQLException {
    try (Connection connection = address().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row as text; null if there is none. */
  String ask(String sql) throws SQLException {
    try (Connection connection = address().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Rows now in the table that {@code condition} holds for. */
  long count(String condition) throws SQLException {
    return Long.parseLong(ask("select count(*) from streams.user_feeds where " + condition));
  }
}
