package com.shareuptime.streams.sink;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.option.SecretFile;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import redis.clients.jedis.Jedis;

/** The real Postgres and Redis of the tests. */
public final class Servers {
  private Servers() {}

  public static LocalStack redis() {
    return LocalStack.shared(Set.of(Server.REDIS));
  }

  /** With the schema of the sinks. */
  public static LocalStack postgres() throws SQLException {
    LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    return stack;
  }

  public static RedisAddress address(LocalStack redis) {
    return new RedisAddress(
        URI.create(redis.redisUrl()), new SecretFile("redis.password-file", null));
  }

  public static PostgresAddress postgresAddress(LocalStack stack) {
    return new PostgresAddress(
        stack.postgresJdbcUrl(),
        stack.postgresUser(),
        new SecretFile("postgres.sink.password-file", stack.postgresPasswordFile().toString()));
  }

  public static Jedis client(LocalStack redis) {
    return new Jedis(URI.create(redis.redisUrl()));
  }

  public static void sql(LocalStack stack, String sql) throws SQLException {
    try (Connection connection = postgresAddress(stack).connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row as text; null if there is none. */
  public static String ask(LocalStack stack, String sql) throws SQLException {
    try (Connection connection = postgresAddress(stack).connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
