package com.shareuptime.streams.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.model.Model;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What migrate has made of the product's database is taken away again; one database a test. */
@Timeout(180)
class SourceRemovalIT {
  /** Identities of every kind, partitions, and names that want quotes. */
  private static final String ODD_IDENTITIES =
      """
      alter table follows replica identity nothing;
      create unique index "Users by name" on users (username);
      alter table users replica identity using index "Users by name";
      alter table comments drop constraint comments_post_id_fkey;
      alter table posts rename to posts_before;
      create table posts (like posts_before including defaults, primary key (id, created_at)) partition by range (created_at);
      create table "Posts, all" partition of posts for values from (minvalue) to (maxvalue);
      create role %1$s;
      grant select on users to %1$s;
      comment on table follows is 'the product''s own'""";

  private static final List<String> WRITES =
      List.of(
          "insert into users (username) values ('w' || nextval('names'))",
          "update users set bio = 'b' where username like 'w%'",
          "insert into posts (user_id, content) select id, 'c' from users where username = 'w1'",
          "update posts set content = content || '.' where length(content) < 10",
          "delete from posts where content = 'c.....'",
          "delete from users where username like 'w%' and username <> 'w1'");

  private TestDatabase database;
  private String model;

  @BeforeEach
  void create() throws Exception {
    database = new TestDatabase();
    model = TestDatabase.file("models/shareuptime-uuid/model.sql");
    database.run(TestDatabase.file("models/shareuptime-uuid/schema.sql"));
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  private List<String> listing() throws SQLException {
    return SchemaListing.of(database.connection());
  }

  private SourceRemoval plan() throws SQLException {
    return SourceRemoval.plan(database.connection());
  }

  private void remove() throws SQLException {
    try (Connection connection = database.connect()) {
      SourceRemoval.plan(connection).apply(connection);
    }
  }

  @Test
  void theProductsDatabaseIsAsItWas() throws Exception {
    String role = database.name() + "_reader";
    database.run(ODD_IDENTITIES.formatted(role));
    try {
      List<String> before = listing();
      database.source(model);
      database.source(withoutComments());
      assertThat(database.whole()).isEqualTo("Posts, all follows posts users");
      List<String> migrated = listing();
      assertThat(migrated).isNotEqualTo(before);

      SourceRemoval plan = plan();
      assertThat(listing()).as("a plan changes nothing").isEqualTo(migrated);
      assertThat(plan.statements())
          .containsExactly(
              "drop publication streams_cdc",
              "alter table public.\"Posts, all\" replica identity default",
              "alter table public.follows replica identity nothing",
              "alter table public.posts replica identity default",
              "alter table public.users replica identity using index \"Users by name\"",
              "drop schema streams_model cascade",
              "drop schema streams cascade");

      remove();
      assertThat(listing()).isEqualTo(before);
      assertThat(plan().statements()).as("nothing is left to do").isEmpty();
      remove();
      assertThat(listing()).isEqualTo(before);

      assertThat(database.source(model)).as("it can be installed again").isPositive();
    } finally {
      database.run("drop owned by " + role + "; drop role " + role);
    }
  }

  private String withoutComments() {
    return model
        .replaceAll("(?s)create view comments as.*?;", "")
        .replaceAll("comment on view comments is .*;", "");
  }

  @Test
  void whatIsHalfDoneIsFinishedByTheNextOne() throws Exception {
    List<String> before = listing();
    database.source(model);
    try (Connection product = database.connect();
        Statement statement = product.createStatement();
        Connection connection = database.connect()) {
      product.setAutoCommit(false);
      statement.execute("select count(*) from posts");
      SourceRemoval plan = SourceRemoval.plan(connection);
      assertThatThrownBy(() -> plan.apply(connection))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("lock timeout");
      assertThat(database.published()).isNull();
      assertThat(database.whole()).isEqualTo("posts users");
    }
    assertThat(plan().statements())
        .startsWith("alter table public.posts replica identity default")
        .hasSize(4);
    remove();
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void aProductThatWritesAllTheTimeSeesNoFailure() throws Exception {
    database.run("create sequence names; alter table users replica identity nothing");
    List<String> before = listing();
    try (ProductWriter writer = new ProductWriter(database, WRITES)) {
      for (int round = 0; round < 3; round++) {
        database.source(model);
        remove();
        long removed = writer.rounds();
        await().atMost(Duration.ofMinutes(1)).until(() -> writer.rounds() > removed + 5);
      }
    }
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void theIndexThatMigrateHasMadeGoesAndOneMadeByHandStays() throws Exception {
    try (TestDatabase own = new TestDatabase()) {
      BaseSchema.apply(own.url(), own.user(), own.password());
      own.run("drop index if exists posts_author_created");
      List<String> before = SchemaListing.of(own.connection());
      own.source(Model.canonicalSql());
      assertThat(own.ask("select to_regclass('public.posts_author_created')")).isNotNull();
      try (Connection connection = own.connect()) {
        SourceRemoval.plan(connection).apply(connection);
      }
      assertThat(SchemaListing.of(own.connection())).isEqualTo(before);
    }

    database.source(model);
    database.run("create index streams_posts_by_author on posts (user_id, created_at desc)");
    assertThat(plan().left())
        .containsExactly("drop index concurrently public.streams_posts_by_author;");
    remove();
    assertThat(database.ask("select to_regclass('public.streams_posts_by_author')")).isNotNull();
  }

  @Test
  void anIdentityThatSomebodyElseHasSetSinceIsLeftAlone() throws Exception {
    database.source(model);
    database.run("alter table posts replica identity nothing");
    remove();
    assertThat(
            database.ask(
                "select string_agg(relreplident::text, '' order by relname) from pg_class where relname in ('posts', 'users') and relkind = 'r'"))
        .isEqualTo("nd");
  }

  @Test
  void whatIsNotOursIsNeverDropped() throws Exception {
    database.source(model);
    database.run("create view best as select id from streams_model.posts");
    assertThatThrownBy(this::plan)
        .isInstanceOf(CommandException.class)
        .hasMessage("These use what would be dropped: rule _RETURN on view best.");
    database.run("drop view best");
    database.sink(IdKinds.NUMBERS);
    assertThatThrownBy(this::plan)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("has read models of an installation");

    try (TestDatabase other = new TestDatabase()) {
      other.run("create schema streams; create table streams.videos (id int primary key)");
      assertThatThrownBy(() -> SourceRemoval.plan(other.connection()))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("is not of migrate");
    }
  }
}
