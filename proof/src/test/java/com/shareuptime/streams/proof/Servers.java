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
  private static Product hiding;

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
    if (!OTHERS.containsKey(folder)) {
      Path files = files(folder);
      OTHERS.put(
          folder,
          install(
              folder.replace('-', '_'),
              Files.readString(files.resolve("schema.sql")),
              Files.readString(files.resolve("model.sql")),
              TrafficSql.read(files.resolve("traffic.sql"))));
    }
    return OTHERS.get(folder);
  }

  /** Those of models/mastodon with private accounts, so that there is all that hides a post. */
  public static synchronized Product hiding() throws Exception {
    if (hiding == null) {
      Path files = files("mastodon");
      hiding =
          install(
              "hiding",
              Files.readString(files.resolve("schema.sql"))
                  + "alter table accounts add locked boolean not null default false;",
              Files.readString(files.resolve("model.sql"))
                  .replace("as is_active,", "as is_active, locked as is_private,"),
              TrafficSql.read(files.resolve("traffic.sql")));
    }
    return hiding;
  }

  private static Path files(String folder) {
    return Installation.find().root().resolve("models").resolve(folder);
  }

  private static Product install(String database, String schema, String model, TrafficSql traffic)
      throws Exception {
    execute(addresses(), "create database " + database);
    Addresses own = inDatabase(database);
    execute(own, schema);
    Migrations.source(own.postgresUrl(), own.postgresUser(), own.postgresPassword(), model);
    try (Connection connection = own.connect()) {
      Migrations.sink(
          own.postgresUrl(),
          own.postgresUser(),
          own.postgresPassword(),
          IdKinds.ofViews(connection));
    }
    return Product.of(own, traffic);
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
