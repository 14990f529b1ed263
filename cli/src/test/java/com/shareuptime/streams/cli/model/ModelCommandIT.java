package com.shareuptime.streams.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way of somebody with tables of his own: a draft, what is wrong with it, and the rows. */
@Timeout(120)
class ModelCommandIT {
  private static final String TABLES =
      """
      create table members (
        id uuid primary key, handle text not null, photo text, banned boolean not null default false,
        created_at timestamp not null default now());
      create table entries (
        id uuid primary key, member_id uuid not null references members, body text not null,
        published boolean not null default true, created_at timestamp not null default now());
      create table member_follows (
        follower_id uuid not null references members, followed_id uuid not null references members,
        primary key (follower_id, followed_id));
      create table claps (
        entry_id uuid not null references entries, member_id uuid not null references members,
        amount int not null);
      insert into members (id, handle, created_at)
        select ('00000000-0000-0000-0000-00000000000' || i)::uuid, 'member' || i, '2026-01-02 03:04:05'
        from generate_series(1, 7) i;
      insert into entries (id, member_id, body, published)
        select id, id, 'entry of ' || handle, handle <> 'member7' from members;
      insert into claps select id, id, 3 from members;
      """;

  private static final String MODEL =
      """
      create view users as
      select id, handle as username, photo as avatar_url, not banned as is_active,
             created_at at time zone 'UTC' as created_at
      from public.members;

      create view posts as
      select id, member_id as author_id, body as content, not published as is_deleted,
             created_at at time zone 'UTC' as created_at
      from public.entries;

      create view follows as
      select follower_id, followed_id as followee_id from public.member_follows;

      create view claps as
      select 'post' as target_type, entry_id as target_id, member_id as user_id, amount
      from public.claps;
      """;

  private static final String DATABASE = "model_command";
  private static final LocalStack STACK = LocalStack.shared(Set.of(Server.POSTGRES));

  @TempDir private static Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void tables() throws SQLException {
    run(STACK.postgresJdbcUrl(), "create database " + DATABASE);
    run(jdbc(), TABLES);
  }

  @AfterAll
  static void drop() throws SQLException {
    run(STACK.postgresJdbcUrl(), "drop database " + DATABASE + " with (force)");
  }

  private static String jdbc() {
    return STACK.postgresJdbcUrl().replaceAll("/[^/]*$", "/" + DATABASE);
  }

  private static String url() {
    return jdbc()
        .replace(
            "jdbc:postgresql://",
            "postgresql://%s:%s@".formatted(STACK.postgresUser(), STACK.postgresPassword()));
  }

  private static void run(String where, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(where, STACK.postgresUser(), STACK.postgresPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Ended model(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = StreamsCommand.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "model";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int code = command.execute(all);
    return new Ended(code, out.toString(), err.toString());
  }

  private static String file(String text) throws Exception {
    return Files.writeString(folder.resolve("model.sql"), text).toString();
  }

  @Test
  void aDraftNamesTheTablesThatItFound() {
    Ended draft = model("init", "--source", url());
    assertThat(draft.code()).as(draft.err()).isZero();
    assertThat(draft.out())
        .contains("create view users as", "from public.members", "handle as username")
        .contains("create view posts as", "from public.entries");
  }

  @Test
  void whatStopsTheJobsIsSaidWithItsMendAndThenTheRows() throws Exception {
    Ended wrong = model("check", "--source", url(), "--model", file(MODEL));
    assertThat(wrong.code()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out())
        .contains("model.sql, line 16, column 6: ", "public.claps has no primary key")
        .contains(
            "alter table \"public\".\"claps\" add column id bigint generated always as identity")
        .contains("1 problems: mend them and check again.");

    run(jdbc(), "alter table claps add column id bigint generated always as identity primary key");
    Ended right = model("check", "--source", url(), "--model", file(MODEL));
    assertThat(right.code()).as(right.out() + right.err()).isZero();
    assertThat(right.out())
        .contains("users (ids: uuid): 7 rows computed as Postgres does")
        .contains("username member1")
        .contains("created_at 2026-01-02T03:04:05Z")
        .contains("claps: 7 rows computed as Postgres does")
        .contains("amount 3")
        .endsWith("Nothing stops the jobs on these tables." + System.lineSeparator());
  }

  @Test
  void whatCannotBeReadIsSaidByItsPlace() throws Exception {
    Ended wrong =
        model(
            "check",
            "--source",
            url(),
            "--model",
            file(
                MODEL.replace(
                    "handle as username", "(select max(handle) from members) as username")));
    assertThat(wrong.code()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out()).contains("model.sql, line 2, column ");
  }

  @Test
  void aFileThatIsNotThereIsAWrongUse() {
    Ended ended = model("check", "--source", url(), "--model", folder.resolve("none").toString());
    assertThat(ended.code()).isEqualTo(CommandException.USAGE);
    assertThat(ended.err()).contains("There is no file", "./streams model init > model.sql");
  }
}
