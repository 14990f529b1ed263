package com.shareuptime.streams.local;

import com.shareuptime.streams.local.stack.LocalStack;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import redis.clients.jedis.Jedis;

/**
 * Where the servers are that traffic is written to and that readers read from; here or elsewhere.
 *
 * @param postgresUrl JDBC URL of the database that holds the product's tables and the read models
 * @param redisUrl {@code redis://host:port/db}
 */
public record Addresses(
    String postgresUrl,
    String postgresUser,
    String postgresPassword,
    String kafkaBootstrap,
    String redisUrl,
    String flinkUrl,
    String openSearchUrl) {

  /** A silent server is given up after this long, so that a dead peer never hangs its caller. */
  private static final int SOCKET_TIMEOUT_S = 90;

  /** Those of a stack on this machine. */
  public static Addresses of(LocalStack stack) {
    return new Addresses(
        stack.postgresJdbcUrl(),
        stack.postgresUser(),
        stack.postgresPassword(),
        stack.kafkaBootstrap(),
        stack.redisUrl(),
        stack.flinkUrl(),
        stack.openSearchUrl());
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", postgresUser);
    properties.setProperty("password", postgresPassword);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_S));
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(postgresUrl, properties);
  }

  /** A new connection; the caller closes it. */
  public Jedis redis() {
    return new Jedis(URI.create(redisUrl), 5_000);
  }

  /** Without the password, as it may end in a log. */
  @Override
  public String toString() {
    return "Postgres %s as %s, Kafka %s, Redis %s, Flink %s"
        .formatted(postgresUrl, postgresUser, kafkaBootstrap, redisUrl, flinkUrl);
  }
}
