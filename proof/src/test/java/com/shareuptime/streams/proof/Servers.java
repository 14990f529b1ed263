package com.shareuptime.streams.proof;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The stores that all integration tests of this module share, migrated once. */
public final class Servers {
  private static Addresses addresses;

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
}
