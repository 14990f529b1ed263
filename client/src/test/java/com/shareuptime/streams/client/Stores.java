package com.shareuptime.streams.client;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import redis.clients.jedis.RedisClient;

/** A Postgres database and the Redis of the shared stack, migrated, with nothing in them. */
final class Stores implements AutoCloseable {
  private final LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
  private final String database;
  final HikariDataSource postgres;
  final RedisClient redis;

  final Schema schema;

  Stores(String database) throws SQLException {
    this(database, Schema.CANONICAL);
  }

  Stores(String database, Schema schema) throws SQLException {
    this.database = database;
    this.schema = schema;
    try (HikariDataSource admin = pool(stack.postgresJdbcUrl())) {
      run(admin, "create database " + database);
    }
    String url = url();
    try {
      schema.make(url, stack.postgresUser(), stack.postgresPassword());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.postgres = pool(url);
    this.redis = RedisClient.create(stack.redisUrl());
    redis.flushAll();
  }

  /** Deletes rather than truncates: that would make new files for every table. */
  void empty() throws SQLException {
    run("delete from public.users; delete from streams.counters");
    redis.flushAll();
  }

  LocalStack stack() {
    return stack;
  }

  private String url() {
    return stack.postgresJdbcUrl().replaceAll("/[^/]*$", "/" + database);
  }

  /** As {@code ./streams env} prints it. */
  String postgresUrl() {
    return "postgresql://%s:%s@%s"
        .formatted(
            stack.postgresUser(), stack.postgresPassword(), url().replaceFirst("^.*://", ""));
  }

  private HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(stack.postgresUser());
    config.setPassword(stack.postgresPassword());
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  void run(String sql) throws SQLException {
    run(postgres, sql);
  }

  private static void run(HikariDataSource where, String sql) throws SQLException {
    try (Connection connection = where.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    postgres.close();
    redis.close();
    try (HikariDataSource admin = pool(stack.postgresJdbcUrl())) {
      run(admin, "drop database " + database + " with (force)");
    }
  }
}
