package com.shareuptime.streams.client;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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

  Stores(String database) throws SQLException {
    this.database = database;
    try (HikariDataSource admin = pool(stack.postgresJdbcUrl())) {
      run(admin, "create database " + database);
    }
    String url = url();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
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
