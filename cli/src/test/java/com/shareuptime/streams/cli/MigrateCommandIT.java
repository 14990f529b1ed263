package com.shareuptime.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.check.CheckFinding;
import com.shareuptime.streams.cli.check.Doctor;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.FlatYaml;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way of a model into the databases, by the command. */
@Timeout(180)
class MigrateCommandIT {
  private static final String TABLES =
      """
      create table members (id uuid primary key, handle text not null);
      create table entries (
        id uuid primary key, member_id uuid not null, body text not null, created_at timestamptz not null);
      create table member_follows (
        follower_id uuid not null, followed_id uuid not null, primary key (follower_id, followed_id));
      create table claps (entry_id uuid not null, member_id uuid not null);
      """;

  private static final String MODEL =
      """
      create view users as select id, handle as username from public.members;
      create view posts as select id, member_id as author_id, body as content, created_at from public.entries;
      create view follows as select follower_id, followed_id as followee_id from public.member_follows;
      """;

  private static final String LIKES =
      "create view likes as select 'post' as target_type, entry_id as target_id, member_id as"
          + " user_id from public.claps;";

  private static final String DATABASE = "migrate_command";

  private final LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.KAFKA));
  private final Map<String, String> addresses = new TreeMap<>(stack.addresses());

  @TempDir private Path folder;
  private String config;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void tables() throws Exception {
    run(stack.postgresJdbcUrl(), "create database " + DATABASE);
    addresses.put(AddressKeys.SOURCE_URL, jdbc());
    addresses.put(AddressKeys.SINK_URL, jdbc());
    addresses.remove(AddressKeys.OPENSEARCH_URL);
    config =
        Files.writeString(folder.resolve("servers.yaml"), FlatYaml.write(addresses)).toString();
    run(jdbc(), TABLES);
  }

  @AfterEach
  void drop() throws SQLException {
    run(stack.postgresJdbcUrl(), "drop database " + DATABASE + " with (force)");
  }

  private String jdbc() {
    return stack.postgresJdbcUrl().replaceAll("/[^/]*$", "/" + DATABASE);
  }

  private void run(String where, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(where, stack.postgresUser(), stack.postgresPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Ended migrate(String model) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = StreamsCommand.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int code =
        model == null
            ? command.execute("migrate", "--config", config)
            : command.execute(
                "migrate",
                "--config",
                config,
                "--model",
                Files.writeString(folder.resolve("model.sql"), model).toString());
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void thePlanIsToldThenDoneAndTheModelIsKept() throws Exception {
    Ended first = migrate(MODEL);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .startsWith("To be changed for the model:")
        .contains("  product's database: alter table public.entries replica identity full")
        .contains(
            "  product's database: alter publication streams_cdc add table public.members,"
                + " public.entries, public.member_follows, streams.pipeline_heartbeat")
        .contains("  read models: alter table streams.counters alter column target_id type uuid")
        .contains(
            "create index concurrently if not exists streams_posts_by_author on"
                + " \"public\".\"entries\"")
        .endsWith("Done." + System.lineSeparator());

    Ended again = migrate(null);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith("The model changes nothing in the databases.")
        .endsWith("Nothing to do." + System.lineSeparator());

    Settings settings = new Settings(addresses);
    assertThat(new Doctor(settings).examine())
        .filteredOn(
            finding ->
                Set.of("model", "replica identity", "published tables").contains(finding.check()))
        .hasSize(3)
        .allMatch(finding -> finding.verdict() == CheckFinding.Verdict.OK);
    run(jdbc(), "alter table entries replica identity default");
    assertThat(new Doctor(settings).examine())
        .filteredOn(
            finding ->
                finding.verdict() == CheckFinding.Verdict.WRONG
                    && finding.check().equals("replica identity"))
        .extracting(CheckFinding::remedy)
        .containsExactly("alter table public.entries replica identity full;");
  }

  @Test
  void whatIsRefusedIsSaidByItsPlaceAndNothingIsChanged() throws Exception {
    Ended noKey = migrate(MODEL + LIKES);
    assertThat(noKey.code()).isEqualTo(CommandException.WRONG);
    assertThat(noKey.err())
        .contains(
            "nothing was changed", "model.sql, line 4, column ", "public.claps has no primary key");
    Ended unknown = migrate(null);
    assertThat(unknown.code()).isEqualTo(CommandException.WRONG);
    assertThat(unknown.err()).contains("There is no table public.users.", "--model FILE");
    run(jdbc(), "do $$ begin assert to_regnamespace('streams') is null; end $$");
  }

  @Test
  void idsThatHaveAnotherTypeAreRefused() throws Exception {
    assertThat(migrate(MODEL).code()).isZero();
    run(
        jdbc(),
        """
        alter table members alter column id type bigint using 0;
        alter table entries alter column member_id type bigint using 0;
        alter table member_follows alter column follower_id type bigint using 0, alter column followed_id type bigint using 0\
        """);
    Ended other = migrate(null);
    assertThat(other.code()).isEqualTo(CommandException.WRONG);
    assertThat(other.err())
        .contains(
            "Ids of users were uuid when the jobs were installed, and by this model they are"
                + " bigint.");
  }
}
