package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;

/** A database of its own on the shared server. */
final class TestDatabase implements AutoCloseable {
  private static final LocalStack STACK = LocalStack.shared(Set.of(Server.POSTGRES));

  private final String name = "migrations_" + UUID.randomUUID().toString().replace("-", "");
  private final Connection connection;

  TestDatabase() throws SQLException {
    server("create database " + name);
    connection = connect();
  }

  /** A file of the project. */
  static String file(String path) throws IOException {
    return Files.readString(Path.of("..", path));
  }

  String name() {
    return name;
  }

  String url() {
    return STACK.postgresJdbcUrl().replaceAll("/[^/]*$", "/" + name);
  }

  String user() {
    return STACK.postgresUser();
  }

  String password() {
    return STACK.postgresPassword();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  Connection connection() {
    return connection;
  }

  int source(String model) {
    return Migrations.source(url(), user(), password(), model);
  }

  int sink(IdKinds ids) {
    return Migrations.sink(url(), user(), password(), ids);
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** The published tables, in the order of their names. */
  String published() throws SQLException {
    return ask(
        "select string_agg(schemaname || '.' || tablename, ' ' order by schemaname, tablename) from pg_publication_tables where pubname = 'streams_cdc'");
  }

  /** Tables with whole old rows. */
  String whole() throws SQLException {
    return ask(
        "select string_agg(relname, ' ' order by relname) from pg_class where relreplident = 'f' and relkind in ('r', 'p')");
  }

  void server(String sql) throws SQLException {
    try (Connection other =
            DriverManager.getConnection(
                STACK.postgresJdbcUrl(), STACK.postgresUser(), STACK.postgresPassword());
        Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    server("drop database " + name + " with (force)");
  }
}
