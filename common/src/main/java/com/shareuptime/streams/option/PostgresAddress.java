package com.shareuptime.streams.option;

import com.shareuptime.streams.contract.IdKinds;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ReadableConfig;
import org.postgresql.Driver;

/**
 * A Postgres database and how to log in. Holds the path of the password's file, so that no secret
 * is part of a job graph.
 */
public record PostgresAddress(String url, String user, SecretFile password)
    implements Serializable {

  static {
    if (Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      forgetDriver();
    }
  }

  /** The DriverManager would keep a job's class loader, with all classes, long after the job. */
  private static void forgetDriver() {
    try {
      Driver.deregister();
    } catch (SQLException e) {
      throw new IllegalStateException("the driver of Postgres did not register itself", e);
    }
  }

  /** The product's database. */
  public static PostgresAddress source(ReadableConfig options) {
    return new PostgresAddress(
        options.get(ConnectionOptions.SOURCE_URL),
        options.get(ConnectionOptions.SOURCE_USER),
        SecretFile.of(options, ConnectionOptions.SOURCE_PASSWORD_FILE));
  }

  /** The database with the schema {@code streams}. */
  public static PostgresAddress sink(ReadableConfig options) {
    return new PostgresAddress(
        options.get(ConnectionOptions.SINK_URL),
        options.get(ConnectionOptions.SINK_USER),
        SecretFile.of(options, ConnectionOptions.SINK_PASSWORD_FILE));
  }

  /**
   * Opens a connection; a server that does not answer is given up after seconds, not hours.
   *
   * @throws SQLException as the driver gives it; its SQLState tells whether to try again
   */
  public Connection connect() throws SQLException {
    return connect(Map.of());
  }

  /**
   * Opens a connection with more of the driver's properties.
   *
   * @throws SQLException as the driver gives it; its SQLState tells whether to try again
   */
  public Connection connect(Map<String, String> more) throws SQLException {
    Properties properties = properties();
    properties.putAll(more);
    // not by DriverManager: it cannot see the driver in a job's own class loader
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("'" + url + "' is not a URL of Postgres (jdbc:postgresql://…)");
    }
    return connection;
  }

  /**
   * What the ids of each entity are, as {@code migrate} has told this database; for the start of a
   * job.
   *
   * @throws OptionException if the database does not say
   */
  public IdKinds idKinds() {
    try (Connection connection = connect()) {
      return IdKinds.ofSink(connection);
    } catch (SQLException e) {
      throw new OptionException(
          "Cannot read from streams.entities at %s what the ids are: %s. Is the address right, and has ./streams migrate run?"
              .formatted(url, e.getMessage()));
    }
  }

  /**
   * What a driver logs in with: a server that does not answer is given up after seconds, not hours.
   *
   * @throws OptionException if the password's file cannot be read
   */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    password.read().ifPresent(secret -> properties.setProperty("password", secret));
    properties.setProperty("ApplicationName", "shareuptime-streams");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }
}
