package com.shareuptime.streams.proof;

import com.shareuptime.streams.contract.IdKind;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The stores that all integration tests of this module share, migrated once. */
public final class Servers {
  private static Addresses addresses;
  private static Product canonical;
  private static Product uuids;
  private static Product mastodon;
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

  /** The tables of models/shareuptime-uuid, in a database of their own. */
  public static synchronized Product uuids() throws Exception {
    if (uuids == null) {
      Path folder = folder("shareuptime-uuid");
      IdKinds kinds = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);
      uuids =
          install("uuids", folder, text(folder, "schema.sql"), text(folder, "model.sql"), kinds);
    }
    return uuids;
  }

  /** The tables of models/mastodon, in a database of their own. */
  public static synchronized Product mastodon() throws Exception {
    if (mastodon == null) {
      Path folder = folder("mastodon");
      mastodon =
          install(
              "mastodon",
              folder,
              text(folder, "schema.sql"),
              text(folder, "model.sql"),
              IdKinds.NUMBERS);
    }
    return mastodon;
  }

  /** The same with private accounts, so that there is everything that hides a post. */
  public static synchronized Product hiding() throws Exception {
    if (hiding == null) {
      Path folder = folder("mastodon");
      hiding =
          install(
              "hiding",
              folder,
              text(folder, "schema.sql")
                  + "alter table accounts add locked boolean not null default false;",
              text(folder, "model.sql")
                  .replace("as is_active,", "as is_active, locked as is_private,"),
              IdKinds.NUMBERS);
    }
    return hiding;
  }

  private static Path folder(String model) {
    return Installation.find().root().resolve("models").resolve(model);
  }

  private static String text(Path folder, String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private static Product install(
      String database, Path folder, String schema, String model, IdKinds kinds) throws Exception {
    execute(addresses(), "create database " + database);
    Addresses own = inDatabase(database);
    execute(own, schema);
    Migrations.source(own.postgresUrl(), own.postgresUser(), own.postgresPassword(), model);
    Migrations.sink(own.postgresUrl(), own.postgresUser(), own.postgresPassword(), kinds);
    return Product.of(own, TrafficSql.read(folder.resolve("traffic.sql")));
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
