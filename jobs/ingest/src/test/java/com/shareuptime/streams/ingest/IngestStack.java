package com.shareuptime.streams.ingest;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;

/** Postgres and Kafka for all tests of the module, migrated, with topics and no rows. */
public final class IngestStack {
  private static IngestStack instance;

  private final LocalStack servers;

  private IngestStack(LocalStack servers) {
    this.servers = servers;
  }

  /** The one of this JVM. */
  public static synchronized IngestStack shared() throws Exception {
    if (instance == null) {
      IngestStack stack =
          new IngestStack(LocalStack.shared(EnumSet.of(Server.POSTGRES, Server.KAFKA)));
      stack.migrate();
      instance = stack;
    }
    return instance;
  }

  /** Servers of a test's own, in an empty folder: for what would harm the tests after it. */
  static IngestStack in(Path home) throws Exception {
    IngestStack stack =
        new IngestStack(LocalStack.start(home, EnumSet.of(Server.POSTGRES, Server.KAFKA)));
    stack.migrate();
    return stack;
  }

  private void migrate() throws Exception {
    String url = servers.postgresJdbcUrl();
    BaseSchema.apply(url, servers.postgresUser(), servers.postgresPassword());
    Migrations.source(url, servers.postgresUser(), servers.postgresPassword());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
  }

  /** The servers themselves. */
  public LocalStack servers() {
    return servers;
  }

  /** Options as the job's arguments would give them, with a delivery timeout that suits a test. */
  Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(ConnectionOptions.SOURCE_URL, servers.postgresJdbcUrl());
    configuration.set(ConnectionOptions.SOURCE_USER, servers.postgresUser());
    configuration.set(
        ConnectionOptions.SOURCE_PASSWORD_FILE, servers.postgresPasswordFile().toString());
    configuration.set(ConnectionOptions.KAFKA_BOOTSTRAP, servers.kafkaBootstrap());
    configuration.set(IngestOptions.DELIVERY_TIMEOUT, Duration.ofSeconds(5));
    configuration.set(IngestOptions.CHUNK_ROWS, 1_000);
    return configuration;
  }

  public IngestOptions options() {
    return IngestOptions.of(configuration());
  }

  /** One more connection to Postgres. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        servers.postgresJdbcUrl(), servers.postgresUser(), servers.postgresPassword());
  }

  /** Runs statements, each in a transaction of its own. */
  public void sql(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The number that a query has for its answer. */
  public long number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The insert position of the WAL: all that has committed lies before it. */
  public long walPosition() throws SQLException {
    return number("select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
  }

  /** The number of the last snapshot. */
  long snapshot() throws SQLException {
    return number("select last_value from streams.cdc_generation");
  }

  /** No rows, no slot. */
  public void reset() throws SQLException {
    sql(
        "truncate users, posts, reels, likes, comments, shares, follows restart identity cascade",
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where active_pid is null");
  }
}
