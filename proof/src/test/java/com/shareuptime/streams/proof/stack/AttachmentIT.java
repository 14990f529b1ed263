package com.shareuptime.streams.proof.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cli.output.ConsentMixin;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Ports;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sql.Migrations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How a stack comes to a product's database and leaves it again; without jobs. */
@Timeout(180)
class AttachmentIT {
  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;
  private StagingDatabase product;
  private LocalStack stack;

  @BeforeEach
  void create() throws Exception {
    product = new StagingDatabase();
    stack = LocalStack.at(folder, Ports.free());
  }

  @AfterEach
  void drop() {
    stack.wipe();
    product.close();
  }

  private Attachment attachment(String... consent) {
    return new Attachment(
        stack,
        CommandLine.populateCommand(new ConsentMixin(), consent),
        new PrintWriter(out, true));
  }

  private void begin(String... consent) {
    attachment(consent).begin(product.url(), product.password(), StagingDatabase.model());
  }

  private String source() {
    return stack.addresses().get(AddressKeys.SOURCE_URL);
  }

  /** As `up` does it, without jobs. */
  private void migrate() {
    Database source = Database.source(new Settings(stack.addresses()));
    Migrations.source(
        source.url(), source.user(), source.password(), StagingDatabase.model().text());
    product.run("select pg_create_logical_replication_slot('streams_ingest', 'pgoutput')");
  }

  @Test
  void nothingIsAddedBeforeSomebodyAgrees() {
    assertThatThrownBy(this::begin)
        .isInstanceOf(CommandException.class)
        .hasToString(
            "There is no terminal to ask on; nothing was changed.%nIf the plan is right, run the same with --yes."
                .formatted());
    assertThat(out.toString())
        .contains(
            "To be added to jdbc:postgresql://",
            "  schema streams: ",
            "  view streams_model.posts",
            "  alter table public.posts replica identity full",
            "  alter publication streams_cdc add table public.users, ",
            "  replication slot streams_ingest",
            "create index concurrently if not exists streams_posts_by_author")
        .doesNotContain(product.password());
    assertThat(product.traces()).isEmpty();
    assertThat(source()).isEqualTo(stack.postgresJdbcUrl());
    assertThat(stack.isRunning(Server.POSTGRES)).isFalse();
    assertThatThrownBy(() -> attachment().resume())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("are of a database from which the stack was detached");
  }

  @Test
  void everyCommandAsksTheProductUntilNothingIsLeftThere() {
    begin("--yes");
    assertThat(product.traces()).as("a plan changes nothing").isEmpty();
    assertThat(source()).isEqualTo(product.database().url());
    assertThat(stack.home().source().isNew()).isTrue();
    migrate();
    assertThat(product.traces()).isNotEmpty();
    stack.home().source().started();

    out.getBuffer().setLength(0);
    attachment().resume();
    attachment().begin(product.url(), null, StagingDatabase.model());
    assertThat(out.toString()).as("nothing is to be added, so nobody is asked").isEmpty();
    assertThat(stack.home().source().isNew()).isFalse();
    assertThatThrownBy(() -> OwnTables.require(new Settings(stack.addresses())))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("this command writes rows of its own");

    assertThatThrownBy(() -> attachment().end())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("nothing was changed");
    assertThat(out.toString())
        .contains(
            "  select pg_drop_replication_slot('streams_ingest');",
            "  drop publication streams_cdc;",
            "  alter table public.posts replica identity default;",
            "What commits after that is not read.");
    assertThat(stack.isRunning(Server.POSTGRES)).isTrue();
    assertThat(product.traces()).isNotEmpty();

    attachment("--yes").end();
    assertThat(product.traces()).isEmpty();
    assertThat(stack.isRunning(Server.POSTGRES)).isFalse();
    assertThat(folder.resolve("secrets/source-password")).doesNotExist();

    out.getBuffer().setLength(0);
    attachment().end();
    assertThat(out.toString()).contains("reads no other database any more");
    begin("--yes");
    assertThat(stack.home().source().isNew()).as("its slot will be another one").isTrue();
  }

  @Test
  void aDetachThatEndedHalfWayGoesOnWithAStackThatIsDown() {
    begin("--yes");
    migrate();
    stack.home().source().started();
    try (Handle transaction = product.database().open()) {
      transaction.begin();
      transaction.execute("lock table posts in access share mode");
      assertThatThrownBy(() -> attachment("--yes").end())
          .isInstanceOf(CommandException.class)
          .hasMessageContainingAll("Not all was taken away", "lock timeout");
      transaction.rollback();
    }
    assertThat(product.traces()).contains("posts").doesNotContain("streams_cdc", "streams_ingest");
    assertThat(stack.isRunning(Server.POSTGRES)).isFalse();
    assertThat(stack.home().source().isAttached()).isTrue();
    assertThat(stack.home().source().isNew()).as("the slot is gone, whatever comes next").isTrue();

    attachment("--yes").end();
    assertThat(product.traces()).isEmpty();
    assertThat(stack.home().source().isAttached()).isFalse();
  }

  @Test
  void whatCannotBeReadLeavesTheHomeAsItWas() {
    String wrong = product.password() + "x";
    assertThatThrownBy(
            () -> attachment("--yes").begin(product.url(), wrong, StagingDatabase.model()))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> assertThat(e.exitCode()).isEqualTo(CommandException.UNREACHABLE))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining(wrong);
    assertThatThrownBy(() -> attachment("--yes").begin(product.url(), product.password(), null))
        .as("the model of ShareUptime's own tables")
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("The model does not fit the database; nothing was changed.");
    product.run("select pg_create_logical_replication_slot('streams_ingest', 'pgoutput')");
    assertThatThrownBy(() -> begin("--yes"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("another installation reads this database");
    product.run("select pg_drop_replication_slot('streams_ingest')");
    assertThat(stack.home().source().exists()).isFalse();
    assertThatThrownBy(() -> attachment().end())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("reads no other database than its own");

    stack.start(Server.POSTGRES);
    assertThatThrownBy(() -> begin("--yes"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("has a stack with tables of its own");
    assertThat(product.traces()).isEmpty();
  }

  @Test
  void aStackThatReadsOneDatabaseTakesNoOther() throws Exception {
    begin("--yes");
    try (StagingDatabase other = new StagingDatabase()) {
      assertThatThrownBy(
              () ->
                  attachment("--yes").begin(other.url(), other.password(), StagingDatabase.model()))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("reads " + product.database().url());
    }
    assertThat(source()).isEqualTo(product.database().url());
  }
}
