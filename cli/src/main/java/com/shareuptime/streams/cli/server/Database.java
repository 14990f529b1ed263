package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A Postgres that the settings name: the product's database, or the one of the read models. */
public record Database(String url, String user, String password) {
  private static final String TIMEOUT_SECONDS = "10";
  private static final String APPLICATION = "streams-cli";

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
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
    properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
    properties.setProperty("ApplicationName", APPLICATION);
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "Postgres at " + url + " (user " + user + ") cannot be reached: " + e.getMessage(),
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
    connections.setConnectTimeout(Integer.parseInt(TIMEOUT_SECONDS));
    connections.setLoginTimeout(Integer.parseInt(TIMEOUT_SECONDS));
    connections.setApplicationName(APPLICATION);
    return connections;
  }

  /** Fails with a sentence if it cannot be reached. */
  public void verify() {
    try (Connection connection = connect()) {
      connection.isValid(1);
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "Postgres at " + url + " went away: " + e.getMessage(), "Try again.", e);
    }
  }

  /** A record would print its password. */
  @Override
  public String toString() {
    return url + " (user " + user + ")";
  }
}
