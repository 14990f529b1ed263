package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

/** A product's database on a server that is no part of the stack that is tested. */
final class StagingDatabase implements AutoCloseable {
  private static final Path MODELS =
      Installation.find().root().resolve("models").resolve("shareuptime-uuid");

  private final LocalStack server = LocalStack.shared(Set.of(Server.POSTGRES));
  private final String name = "staging_" + UUID.randomUUID().toString().replace("-", "");

  StagingDatabase() throws IOException {
    at(server.postgresJdbcUrl()).ask(handle -> handle.execute("create database " + name));
    run(Files.readString(MODELS.resolve("schema.sql")));
  }

  static ModelFile model() {
    return ModelFile.read(MODELS.resolve("model.sql"));
  }

  private Database at(String url) {
    return new Database(url, server.postgresUser(), server.postgresPassword());
  }

  Database database() {
    return at("jdbc:" + address());
  }

  private String address() {
    return server.postgresUrl().replaceAll("/[^/]*$", "/" + name);
  }

  /** As it is given to {@code up --source}. */
  String url() {
    return address().replace("://", "://" + server.postgresUser() + "@");
  }

  String password() {
    return server.postgresPassword();
  }

  void run(String sql) {
    database().ask(handle -> handle.execute(sql));
  }

  String one(String sql) {
    return database().ask(handle -> handle.select(sql).mapTo(String.class).one());
  }

  /** What anything of ours would change: schemas, publications, slots, replica identities. */
  String traces() {
    return one(
        """
        select concat_ws(' ',
          (select string_agg(nspname, ',') from pg_namespace where nspname like 'streams%'),
          (select string_agg(pubname, ',') from pg_publication),
          (select string_agg(slot_name, ',') from pg_replication_slots where database = current_database()),
          (select string_agg(relname, ',' order by relname) from pg_class where relreplident = 'f'))""");
  }

  @Override
  public void close() {
    at(server.postgresJdbcUrl())
        .ask(handle -> handle.execute("drop database " + name + " with (force)"));
  }
}
