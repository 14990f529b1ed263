package com.shareuptime.streams.cli.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.SourceModel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a database from being read is said before anything is added to it. */
@Timeout(300)
class SourceReadinessIT {
  private static final String SLOT = "streams_ingest";

  private static final String MODEL =
      """
      create view users as select id, username from public.users;
      create view posts as select id, author_id, content, created_at from public.posts;
      create view follows as select follower_id, followee_id from public.follows;
      """;

  private static final String TABLES =
      """
      create table users (id bigint primary key, username text not null);
      create table posts (id bigint primary key, author_id bigint not null, content text not null, created_at timestamptz not null);
      create table follows (follower_id bigint, followee_id bigint, primary key (follower_id, followee_id));
      """;

  /** A server of its own, as its settings are changed. */
  @Test
  void allThatIsWrongIsSaidAtOnceWithWhatMendsIt(@TempDir Path folder) throws Exception {
    try (LocalStack stack = LocalStack.start(folder, Set.of(Server.POSTGRES))) {
      Database admin =
          new Database(stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
      Database guest = new Database(stack.postgresJdbcUrl(), "guest", "p");
      run(
          admin,
          TABLES
              + "create role guest login password 'p'; create schema streams;"
              + "alter table posts enable row level security; grant select on all tables in schema public to guest;");
      for (String setting :
          new String[] {
            "wal_level = replica", "max_replication_slots = 0", "max_wal_senders = 0"
          }) {
        run(admin, "alter system set " + setting);
      }
      stack.stop(Server.POSTGRES);
      stack.start(Server.POSTGRES);

      assertThatThrownBy(() -> require(guest, false))
          .isInstanceOf(CommandException.class)
          .hasMessageContainingAll(
              "nothing was changed",
              "wal_level: is replica, needs logical",
              "alter system set wal_level = logical; -- then restart Postgres",
              "alter role guest replication;",
              "grant create on database shareuptime to guest;",
              "schema streams: is there, and is not of migrate",
              "alter system set max_replication_slots = 1;",
              "alter system set max_wal_senders = 1;",
              "public.follows is owned by postgres",
              "grant postgres to guest;",
              "public.posts hides rows from guest by row-level security",
              "alter role guest bypassrls;");

      for (String setting :
          new String[] {"wal_level", "max_replication_slots", "max_wal_senders"}) {
        run(admin, "alter system reset " + setting);
      }
      run(
          admin,
          "drop schema streams; alter role guest replication bypassrls; grant create on database shareuptime to guest; grant postgres to guest");
      stack.stop(Server.POSTGRES);
      stack.start(Server.POSTGRES);
      assertThatCode(() -> require(guest, false)).doesNotThrowAnyException();

      run(admin, "select pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
      assertThatThrownBy(() -> require(guest, false))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("another installation reads this database");
      assertThatCode(() -> require(guest, true)).doesNotThrowAnyException();
    }
  }

  private static void require(Database database, boolean isOurs) throws SQLException {
    try (Handle handle = database.open()) {
      SourceReadiness.require(handle, SourceModel.of(handle.getConnection(), MODEL), SLOT, isOurs);
    }
  }

  private static void run(Database database, String sql) {
    database.ask(handle -> handle.execute(sql));
  }
}
