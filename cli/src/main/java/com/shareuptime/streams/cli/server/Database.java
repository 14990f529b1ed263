package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.postgresql.ds.PGSimpleDataSource;

/** A Postgres that the settings name: the product's database, or the one of the read models. */
public record Database(String url, String user, String password) {
  private static final int TIMEOUT_SECONDS = 10;

  public static Database source(Settings settings) {
    return of(
        settings,
        AddressKeys.SOURCE_URL,
        AddressKeys.SOURCE_USER,
        AddressKeys.SOURCE_PASSWORD_FILE);
  }

  public static Database sink(Settings settings) {
    return of(
        settings, AddressKeys.SINK_URL, AddressKeys.SINK_USER, AddressKeys.SINK_PASSWORD_FILE);
  }

  private static Database of(Settings settings, String url, String user, String passwordFile) {
    return new Database(
        settings.require(url), settings.require(user), settings.secret(passwordFile).orElse(""));
  }

  public Connection connect() {
    try {
      return dataSource().getConnection();
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "Postgres at " + this + " cannot be reached: " + e.getMessage(),
          "Check that it runs (./streams status) and that url, user and password file are right.",
          e);
    }
  }

  /** For what wants connections one by one; like {@link #connect()}, it never waits for long. */
  public DataSource dataSource() {
    PGSimpleDataSource connections = new PGSimpleDataSource();
    connections.setURL(url);
    connections.setUser(user);
    connections.setPassword(password);
    connections.setConnectTimeout(TIMEOUT_SECONDS);
    connections.setLoginTimeout(TIMEOUT_SECONDS);
    connections.setApplicationName("streams-cli");
    return connections;
  }

  /**
   * A connection of Jdbi's that is to be closed. Records are read by the names of their columns.
   */
  public Handle open() {
    Jdbi jdbi = Jdbi.create(this::connect);
    jdbi.configure(SqlStatements.class, sql -> sql.setTemplateEngine(TemplateEngine.NOP));
    jdbi.installPlugin(new SqlIds());
    jdbi.registerRowMapper((RowMapperFactory) Database::recordMapper);
    return jdbi.open();
  }

  private static Optional<RowMapper<?>> recordMapper(Type type, ConfigRegistry config) {
    return type instanceof Class<?> one && one.isRecord()
        ? Optional.of(ConstructorMapper.of(constructor(one)))
        : Optional.empty();
  }

  /** Jdbi alone would find those of public records only. */
  private static Constructor<?> constructor(Class<?> type) {
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(components);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " is no record", e);
    }
  }

  /**
   * What a question comes to, asked on a connection of its own.
   *
   * @throws CommandException if the database is away, or cannot answer
   */
  public <T> T ask(HandleCallback<T, SQLException> question) {
    return ask(question, e -> unanswered("Postgres: ", e));
  }

  /**
   * The same.
   *
   * @param table of ours, for the message: an earlier build may not have made it
   */
  public <T> T ask(String table, HandleCallback<T, SQLException> question) {
    return ask(question, e -> unanswered(this + " does not answer for " + table + ": ", e));
  }

  /**
   * The same.
   *
   * @param failure what is said and done where the database cannot answer
   */
  public <T> T ask(
      HandleCallback<T, SQLException> question, Function<SQLException, CommandException> failure) {
    try (Handle handle = open()) {
      return answer(() -> question.withHandle(handle), failure);
    }
  }

  /** Something that is asked on an open connection. */
  public interface Question<T> {
    T ask() throws SQLException;
  }

  /** What a question comes to that is asked on an open connection. */
  public static <T> T answer(
      Question<T> question, Function<SQLException, CommandException> failure) {
    try {
      return question.ask();
    } catch (SQLException | JdbiException e) {
      Throwable cause = e;
      while (!(cause instanceof SQLException) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      // Jdbi's own message has the statement and its values
      throw failure.apply(
          cause instanceof SQLException sql ? sql : new SQLException(cause.getMessage(), e));
    }
  }

  private static CommandException unanswered(String what, SQLException e) {
    return CommandException.unreachable(
        what + e.getMessage(),
        "Check ./streams status, and that ./streams migrate has created the tables.",
        e);
  }

  /** What ids are in it, if it is the product's. */
  public IdKinds kinds() {
    return ask(handle -> IdKinds.ofViews(handle.getConnection()));
  }

  /** The entities of the model, if it is the database of the read models. */
  public IdKinds entities() {
    return ask(handle -> IdKinds.ofSink(handle.getConnection()));
  }

  /** Fails with a sentence if it cannot be reached. */
  public void verify() {
    ask(handle -> handle.execute("select 1"));
  }

  /** A record would print its password. */
  @Override
  public String toString() {
    return url + " (user " + user + ")";
  }
}
