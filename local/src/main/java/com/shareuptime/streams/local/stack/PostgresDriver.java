package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Postgres 17 with logical decoding on, a generated password, and the database of the product. */
final class PostgresDriver implements Driver {
  static final String USER = "postgres";
  static final String DATABASE = "shareuptime";

  private final StackHome home;
  private final int port;

  PostgresDriver(StackHome home, Ports ports) {
    this.home = home;
    this.port = ports.of(Port.POSTGRES);
  }

  @Override
  public Server server() {
    return Server.POSTGRES;
  }

  @Override
  public List<Port> ports() {
    return List.of(Port.POSTGRES);
  }

  @Override
  public void prepare() throws IOException {
    Path data = home.data(Server.POSTGRES);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      List<String> initdb = new ArrayList<>(asOrdinaryUser());
      initdb.addAll(
          List.of(
              binary("initdb"),
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + home.postgresPasswordFile(),
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-instructions",
              "--no-sync"));
      Tool.require(initdb);
    }
    Files.writeString(data.resolve("postgresql.conf"), settings());
  }

  private String settings() {
    return """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        password_encryption = scram-sha-256
        timezone = 'UTC'
        log_timezone = 'UTC'
        max_connections = 200
        shared_buffers = 256MB
        # change data capture
        wal_level = logical
        max_replication_slots = 10
        max_wal_senders = 10
        wal_sender_timeout = 60s
        logical_decoding_work_mem = 64MB
        # a slot that nobody reads may hold so much log, not the whole disk
        max_slot_wal_keep_size = 4GB
        # few, spread checkpoints: full-page images dominate the log otherwise
        checkpoint_timeout = 10min
        max_wal_size = 2GB
        min_wal_size = 256MB
        checkpoint_completion_target = 0.9
        autovacuum_naptime = 15s
        log_min_messages = warning
        log_line_prefix = '%%m [%%p] '
        """
        .formatted(port);
  }

  @Override
  public List<String> command() throws IOException {
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(List.of(binary("postgres"), "-D", home.data(Server.POSTGRES).toString()));
    return command;
  }

  private static String binary(String name) throws IOException {
    return Binaries.postgres().resolve("bin").resolve(name).toString();
  }

  /** Postgres refuses to run as root: there it runs in a user namespace, in which it is nobody. */
  private static List<String> asOrdinaryUser() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (Tool.run(List.of("unshare", "-U", "true")).exitCode() != 0) {
      throw CommandException.wrong(
          "Postgres does not run as root, and this machine allows no user namespaces (unshare -U).",
          "Run ./streams as an ordinary user.");
    }
    return List.of("unshare", "-U");
  }

  @Override
  public void check() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet row =
          statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
        exists = row.next();
      }
      if (!exists) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "20");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  private String password() {
    try {
      return Files.readString(home.postgresPasswordFile()).strip();
    } catch (IOException e) {
      throw CommandException.wrong(
          "Cannot read the password of Postgres in " + home.postgresPasswordFile() + ".",
          "If it is lost, start over with an empty stack: ./streams down --wipe");
    }
  }

  @Override
  public String stopSignal() {
    return "INT"; // "fast": ends sessions instead of waiting for them
  }

  @Override
  public String address() {
    return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + DATABASE;
  }
}
