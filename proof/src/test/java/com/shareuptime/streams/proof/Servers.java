package com.shareuptime.streams.proof;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.TrafficSql;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The stores that all integration tests of this module share, migrated once. */
public final class Servers {
  private static final Map<String, Product> OTHERS = new HashMap<>();

  private static Addresses addresses;
  private static Product canonical;

  private Servers() {}

  public static LocalStack stack() {
    return LocalStack.shared(Server.STORES);
  }

  public static synchronized Addresses addresses() throws Exception {
    LocalStack stack = stack();
    if (addresses == null) {
      Addresses fresh = Addresses.of(stack);
      BaseSchema.apply(fresh.postgresUrl(), fresh.postgresUser(), fresh.postgresPassword());
      Migrations.source(fresh.postgresUrl(), fresh.postgresUser(), fresh.postgresPassword());
      Migrations.sink(fresh.postgresUrl(), fresh.postgresUser(), fresh.postgresPassword());
      try (Admin admin =
          Admin.create(
              Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrap()))) {
        new Topics(admin).apply();
      }
      addresses = fresh;
    }
    return addresses;
  }

  /** ShareUptime's own tables. */
  public static synchronized Product product() throws Exception {
    if (canonical == null) {
      canonical = Product.canonical(addresses());
    }
    return canonical;
  }

  /** The tables of models/shareuptime-uuid. */
  public static Product uuids() throws Exception {
    return of("shareuptime-uuid");
  }

  /** The tables of a folder of models, in a database of their own. */
  public static synchronized Product of(String folder) throws Exception {
    Product known = OTHERS.get(folder);
    if (known != null) {
      return known;
    }
    Path model = Installation.find().root().resolve("models").resolve(folder);
    String database = folder.replace('-', '_');
    execute(addresses(), "create database " + database);
    Addresses own = inDatabase(database);
    execute(own, Files.readString(model.resolve("schema.sql")));
    Migrations.source(
        own.postgresUrl(),
        own.postgresUser(),
        own.postgresPassword(),
        Files.readString(model.resolve("model.sql")));
    try (Connection connection = own.connect()) {
      Migrations.sink(
          own.postgresUrl(),
          own.postgresUser(),
          own.postgresPassword(),
          IdKinds.ofViews(connection));
    }
    Product product = Product.of(own, TrafficSql.read(model.resolve("traffic.sql")));
    OTHERS.put(folder, product);
    return product;
  }

  private static Addresses inDatabase(String name) throws Exception {
    Addresses one = addresses();
    return new Addresses(
        one.postgresUrl().replaceFirst("/[^/]*$", "/" + name),
        one.postgresUser(),
        one.postgresPassword(),
        one.kafkaBootstrap(),
        one.redisUrl(),
        one.flinkUrl(),
        one.openSearchUrl());
  }

  private static void execute(Addresses where, String sql) throws SQLException {
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
