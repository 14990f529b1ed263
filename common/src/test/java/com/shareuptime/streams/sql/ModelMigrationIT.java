package com.shareuptime.streams.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.draft.ModelDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What migrate makes of a model; each test has a database of its own. */
@Timeout(180)
class ModelMigrationIT {
  private static final IdKinds UUIDS = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID);

  /** Each statement of the product that a missing identity or a deadlock would break. */
  private static final List<String> WRITES =
      List.of(
          "insert into users (username) values ('w' || nextval('names'))",
          "update users set bio = 'b' where username like 'w%'",
          "insert into posts (user_id, content) select id, 'c' from users where username = 'ann'",
          "update posts set content = content || '.' where length(content) < 10",
          "update follows set status = 'accepted'",
          "delete from follows where follower_id = followee(1)",
          "insert into follows (follower_id, following_id) select followee(1), id from users where"
              + " username = 'ann' on conflict do nothing",
          "update likes set created_at = now()",
          "update comments set content = 'd'",
          "delete from posts where content = 'c.....'",
          "delete from users where username like 'w%' and username <> 'w1'");

  private TestDatabase database;
  private String model;

  @BeforeEach
  void create() throws Exception {
    database = new TestDatabase();
    model = TestDatabase.file("models/shareuptime-uuid/model.sql");
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
  }

  private void uuidTables() throws Exception {
    database.run(TestDatabase.file("models/shareuptime-uuid/schema.sql"));
    database.run(
        """
        create sequence names;
        create function followee(n int) returns uuid language sql immutable
          as $$ select ('00000000-0000-0000-0000-00000000000' || n)::uuid $$;
        insert into users (id, username) values (followee(1), 'bob'), (followee(2), 'ann');
        insert into posts (id, user_id, content) values (followee(3), followee(2), 'kept content');
        insert into likes (user_id, target_id, target_type) values (followee(1), followee(3), 'post');
        insert into comments (post_id, user_id, content) values (followee(3), followee(1), 'hm');
        """);
  }

  private SourceModel bound() throws SQLException {
    return SourceModel.of(database.connection(), model);
  }

  @Test
  void tablesWithUuidsArePublishedAndTheReadModelsTakeTheirIds() throws Exception {
    uuidTables();
    MigrationPlan plan = MigrationPlan.of(database.connection(), database.connection(), bound());
    assertThat(plan.source())
        .contains(
            "alter table public.posts replica identity full",
            "alter table streams.mirrored_counters alter column target_id type uuid using"
                + " null::uuid",
            "view streams_model.follows")
        .anyMatch(
            line ->
                line.startsWith(
                    "alter publication streams_cdc add table public.users, public.posts"));
    assertThat(plan.sink())
        .contains(
            "alter table streams.user_feeds alter column user_id type uuid using null::uuid, alter"
                + " column post_id type uuid using null::uuid, alter column author_id type uuid"
                + " using null::uuid");
    assertThat(database.ask("select to_regnamespace('streams')"))
        .as("a plan changes nothing")
        .isNull();

    assertThat(database.source(model)).isPositive();
    assertThat(database.sink(plan.ids())).isPositive();

    assertThat(database.published())
        .isEqualTo(
            "public.comments public.follows public.likes public.posts public.users"
                + " streams.pipeline_heartbeat");
    assertThat(database.whole()).isEqualTo("follows posts users");
    assertThat(
            database.ask(
                "select count(*) || ' ' || count(problem) from"
                    + " streams.published_tables('streams_cdc')"))
        .isEqualTo("6 0");
    assertThat(
            database.ask(
                "select columns::text from streams.published_tables('streams_cdc') where table_name"
                    + " = 'public.likes'"))
        .isEqualTo("{id,user_id,target_id,target_type,created_at}");
    assertThat(database.ask("select content from streams_model.posts")).isEqualTo("kept content");
    assertThat(
            database.ask(
                "select count(*) from streams_model.reels r join streams_model.shares s on"
                    + " s.target_id = r.id"))
        .as("left out, and asked for all the same")
        .isEqualTo("0");
    assertThat(idTypes()).isEqualTo("uuid");
    assertThat(
            database.ask(
                "select string_agg(name || ' ' || singular || ' ' || id_kind, ', ' order by name)"
                    + " from streams.entities"))
        .as("likes count for comments, too")
        .isEqualTo("comments comment uuid, posts post uuid, reels reel uuid, users user uuid");
    assertThat(IdKinds.ofSink(database.connection())).isEqualTo(plan.ids());
    assertThat(database.ask("select to_regclass('public.posts_author_created')")).isNull();

    assertThat(database.source(null)).isZero();
    assertThat(database.sink(plan.ids())).isZero();
    plan = MigrationPlan.of(database.connection(), database.connection(), bound());
    assertThat(plan.source()).isEmpty();
    assertThat(plan.sink()).isEmpty();
    assertThat(plan.advice())
        .contains(
            "create index concurrently if not exists streams_posts_by_author on"
                + " \"public\".\"posts\" (\"user_id\", \"created_at\" desc, \"id\" desc);",
            "create index concurrently if not exists streams_likes_by_target on"
                + " \"public\".\"likes\" (\"target_id\");")
        .noneMatch(line -> line.contains("by_follower "));
    for (String index : plan.advice()) {
      database.run(index);
    }
    assertThat(MigrationPlan.of(database.connection(), database.connection(), bound()).advice())
        .isEmpty();
  }

  /** Of all columns with ids of the product, in both sets. */
  private String idTypes() throws SQLException {
    return database.ask(
        """
        select string_agg(distinct format_type(a.atttypid, null), ' ')
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'streams'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0
          and a.attname in ('target_id', 'user_id', 'post_id', 'author_id', 'first_id', 'last_id')\
        """);
  }

  @Test
  void textIdsHaveOneOrder() throws Exception {
    database.sink(new IdKinds(IdKind.NUMBER, IdKind.TEXT, IdKind.NUMBER));
    assertThat(
            database.ask(
                """
                select string_agg(c.relname || '.' || a.attname || ' ' || a.attcollation::regcollation::text, ', ' order by 1)
                from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = 'streams'::regnamespace and c.relkind in ('r', 'p')
                  and a.attname in ('target_id', 'user_id', 'post_id', 'first_id') and a.atttypid = 'text'::regtype\
                """))
        .contains(
            "counters.target_id \"C\"",
            "user_feeds.post_id \"C\"",
            "reconcile_buckets.first_id \"C\"")
        .doesNotContain("user_feeds.user_id");
    database.run("select streams.user_feeds_maintain('7 days', 1)");
    database.run("insert into streams.user_feeds values (7, 'p', 8, now())");
    assertThat(database.ask("select hour from streams.counters_hourly")).isNull();
  }

  @Test
  void aProductThatWritesAllTheTimeSeesNoFailure() throws Exception {
    uuidTables();
    database.run("alter table follows replica identity nothing");
    try (ProductWriter writer = new ProductWriter(database, WRITES)) {
      await().until(() -> writer.rounds() > 5);
      database.source(model);
      long published = writer.rounds();
      await().atMost(Duration.ofMinutes(1)).until(() -> writer.rounds() > published + 20);
      database.source(withoutView("comments"));
      database.source(model);
      long again = writer.rounds();
      await().atMost(Duration.ofMinutes(1)).until(() -> writer.rounds() > again + 20);
    }
  }

  private String withoutView(String name) {
    return model
        .replaceAll("(?s)create view " + name + " as.*?;", "")
        .replaceAll("comment on view " + name + " is .*;", "");
  }

  @Test
  void aTableThatTheModelNamesNoMoreIsPublishedNoMore() throws Exception {
    uuidTables();
    database.source(model);
    assertThat(database.source(withoutView("comments"))).isEqualTo(1);
    assertThat(database.published()).doesNotContain("comments");
    assertThat(database.ask("select count(*) from streams_model.comments")).isEqualTo("0");
    assertThat(database.ask("select count(*) from streams.published_tables('streams_cdc')"))
        .isEqualTo("5");
    assertThat(database.source(null)).as("it is the model now").isZero();
    assertThat(database.source(model)).isEqualTo(1);
    assertThat(database.ask("select count(*) from streams_model.comments")).isEqualTo("1");
  }

  @Test
  void aTableWithoutAPrimaryKeyIsRefusedAndTheProductWritesOn() throws Exception {
    uuidTables();
    database.run("alter table likes drop constraint likes_pkey");
    assertThatThrownBy(() -> database.source(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("public.likes has no primary key");
    assertThat(database.ask("select to_regnamespace('streams')")).isNull();
    database.run("update likes set created_at = now(); delete from likes");
  }

  /** Between the look at the tables and their publication, a key may go. */
  @Test
  void aKeyThatGoesAtTheLastMomentIsNotPublished() throws Exception {
    uuidTables();
    Migrations.source(database.url(), database.user(), database.password(), model);
    database.run("drop publication streams_cdc");
    SourceModel bound = bound();
    database.run("alter table likes drop constraint likes_pkey");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Publication publication = new Publication(connection, bound);
      Sql.execute(connection, publication.missing());
      assertThatThrownBy(publication::requireIdentities)
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("updates and deletes of likes would fail");
    }
    assertThat(database.published()).isNull();
    database.run("update likes set created_at = now(); delete from likes");
  }

  @Test
  void identitiesThatTellEnoughAreLeftAlone() throws Exception {
    uuidTables();
    database.run(
        """
        alter table likes replica identity full;
        create unique index comments_identity on comments (id, post_id);
        alter table comments replica identity using index comments_identity;
        alter table follows drop constraint follows_pkey, drop column id;
        alter table follows add primary key (follower_id, following_id)\
        """);
    database.source(model);
    assertThat(database.whole()).isEqualTo("likes posts users");
    assertThat(
            database.ask(
                "select relreplident from pg_class where oid = 'public.comments'::regclass"))
        .isEqualTo("i");
    assertThat(
            database.ask(
                "select relreplident from pg_class where oid = 'public.follows'::regclass"))
        .isEqualTo("d");
  }

  @Test
  void partitionsHaveTheIdentityOfTheirTable() throws Exception {
    uuidTables();
    database.run(
        """
        alter table comments drop constraint comments_post_id_fkey;
        alter table posts rename to posts_before;
        create table posts (like posts_before including defaults, primary key (id, created_at))
          partition by range (created_at);
        create table posts_all partition of posts for values from (minvalue) to (maxvalue)\
        """);
    database.source(model);
    assertThat(database.whole()).isEqualTo("follows posts posts_all users");
    assertThat(database.source(null)).isZero();
  }

  @Test
  void whatRowLevelSecurityHidesIsAProblem() throws Exception {
    String owner = database.name() + "_owner";
    database.run("create role " + owner + " login password 'p'");
    try {
      database.run(
          "alter database "
              + database.name()
              + " owner to "
              + owner
              + "; grant all on schema public to "
              + owner);
      database.run("set role " + owner);
      uuidTables();
      database.run("alter table posts enable row level security, force row level security");
      database.run("reset role");
      assertThatThrownBy(() -> Migrations.source(database.url(), owner, "p", model))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("public.posts hides rows from " + owner)
          .hasToString(
              "The tables cannot be read as they are: public.posts hides rows from %1$s by row-level security.%nRun: alter role %1$s bypassrls; Then migrate again."
                  .formatted(owner));
      assertThat(database.published()).isNull();
      database.run("alter role " + owner + " bypassrls");
      assertThat(Migrations.source(database.url(), owner, "p", model)).isPositive();
    } finally {
      database.run("reset role");
      database.run("reassign owned by " + owner + " to current_user; drop owned by " + owner);
      database.run("drop role " + owner);
    }
  }

  /** A counter keeps its ordinal for ever, and its columns also when the model has it no more. */
  @Test
  void countersOfTheModelAreRecordedWithWhatTheyCountFor() throws Exception {
    uuidTables();
    model = withoutView("followers");
    String bookmarks =
        "create view bookmarks as select id, 'post' as target_type, target_id, user_id from"
            + " public.likes;";
    String followers =
        "create view followers as select 'user' as target_type, following_id as target_id,"
            + " follower_id as user_id, 1 as amount from public.follows;";
    IdKinds first = installed(model + bookmarks);
    assertThat(first.counter("bookmarks")).map(CountedView::kind).contains(CounterKind.of(3));
    assertThat(first.type("user")).isEmpty();

    IdKinds both = installed(model + followers + bookmarks);
    CountedView counter = both.counter("followers").orElseThrow();
    assertThat(counter.kind()).isEqualTo(CounterKind.of(4));
    assertThat(counter.event()).isEqualTo("follower");
    assertThat(counter.targets()).containsExactly("user");
    assertThat(counter.actor()).isEqualTo("user_id");
    assertThat(counter.hasAmount()).isTrue();
    assertThat(both.counter("bookmarks")).map(CountedView::kind).contains(CounterKind.of(3));
    assertThat(both.type("user")).isPresent();
    assertThat(both.counter("likes").orElseThrow().targets())
        .as("by the check of the column")
        .containsExactlyInAnyOrder("post", "comment");
    database.run(
        "insert into streams.counters (target_type, target_id, followers_count, version) values"
            + " ('user', followee(1), 5, 1)");

    IdKinds left = installed(model);
    assertThat(left.counter("bookmarks")).isEmpty();
    assertThat(left.type("user")).isEmpty();
    assertThat(database.ask("select followers_count from streams.counters")).isEqualTo("5");
    assertThat(installed(model + followers).counter("followers"))
        .map(CountedView::kind)
        .contains(CounterKind.of(4));
  }

  private IdKinds installed(String text) throws SQLException {
    SourceModel bound = SourceModel.of(database.connection(), text);
    database.source(text);
    database.sink(bound.ids());
    return IdKinds.ofSink(database.connection());
  }

  /** That a row is gone says its primary key alone. */
  @Test
  void whatIsCountedForMustBeKnownByItsId() throws Exception {
    uuidTables();
    String pinned =
        """
        create view pins as select target_id as id, 'post' as target_type, target_id from public.likes;
        create view stars as select 'pin' as target_type, target_id from public.likes;
        """;
    assertThatThrownBy(() -> SourceModel.of(database.connection(), model + pinned))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("pins can be counted for only if");
  }

  @Test
  void idsKeepTheirKind() throws Exception {
    database.sink(IdKinds.NUMBERS);
    assertThatThrownBy(() -> database.sink(UUIDS))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "Ids of users were bigint when the jobs were installed, and by this model they are"
                + " uuid.");
    // as earlier builds leave it
    database.run("truncate streams.entities");
    database.run(
        "insert into streams.counters (target_type, target_id, version) values ('post', 1, 1)");
    assertThatThrownBy(() -> database.sink(UUIDS))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "streams.counters has rows whose target_id is bigint, and by this model it is uuid.");
    assertThat(database.ask("select count(*) from streams.entities")).isEqualTo("0");
    uuidTables();
    SourceModel uuids = bound();
    assertThatThrownBy(() -> MigrationPlan.of(database.connection(), database.connection(), uuids))
        .isInstanceOf(CommandException.class);
    assertThat(database.sink(IdKinds.NUMBERS)).isEqualTo(1);
  }

  @Test
  void twoThatMigrateAtOnceDoNotDisturbEachOther() throws Exception {
    uuidTables();
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> database.source(model) + database.sink(UUIDS));
    database.source(model);
    database.sink(UUIDS);
    other.join();
    assertThat(database.source(model) + database.sink(UUIDS)).isZero();
  }

  /** Posts, replies and boosts in one table, as a draft has them. */
  @Test
  void aDraftOfAnotherProductIsInstalled() throws Exception {
    database.run(TestDatabase.file("models/mastodon/schema.sql"));
    model = ModelDraft.of(CatalogReader.read(database.connection()));
    database.source(model);
    assertThat(database.sink(bound().ids())).isPositive();
    assertThat(IdKinds.ofSink(database.connection()).counters())
        .extracting(CountedView::name)
        .contains("bookmarks", "replies");
    assertThat(database.published())
        .isEqualTo(
            "public.accounts public.bookmarks public.favourites public.follows public.statuses"
                + " streams.pipeline_heartbeat");
    assertThat(database.whole()).isEqualTo("accounts follows statuses");
    assertThat(idTypes()).isEqualTo("bigint");
    for (String index :
        MigrationPlan.of(database.connection(), database.connection(), bound()).advice()) {
      database.run(index);
    }
    assertThat(MigrationPlan.of(database.connection(), database.connection(), bound()).advice())
        .isEmpty();
  }

  /** Where a file of its own made what is made of the model now. */
  @Test
  void aDatabaseOfAnEarlierBuildGoesOn() throws Exception {
    BaseSchema.apply(database.url(), database.user(), database.password());
    int earlier =
        Flyway.configure()
            .dataSource(database.url(), database.user(), database.password())
            .schemas("streams")
            .defaultSchema("streams")
            .table("flyway_history_source")
            .locations(
                "classpath:earlier-migrations",
                "classpath:com/shareuptime/streams/sql/migrations/source")
            .placeholderReplacement(false)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate()
            .migrationsExecuted;
    assertThat(earlier).isEqualTo(12);
    String published = database.published();
    String whole = database.whole();

    assertThat(database.source(null)).as("views and function").isEqualTo(1);
    assertThat(database.published()).isEqualTo(published);
    assertThat(database.whole()).isEqualTo(whole);
    assertThat(
            database.ask(
                "select count(*) from pg_indexes where indexname = 'posts_author_created'"))
        .isEqualTo("1");
    assertThat(database.source(Model.canonicalSql())).isZero();
  }

  @Test
  void aRenamedTableIsPublishedAgainInItsPlace() throws Exception {
    uuidTables();
    database.source(model);
    database.run(
        "create table likes_new (like likes including all); alter table likes rename to likes_old;"
            + " alter table likes_new rename to likes");
    assertThat(
            database.ask(
                "select problem || ' ' || mend from streams.published_tables('streams_cdc') where"
                    + " problem is not null"))
        .isEqualTo(
            "is not the table that publication streams_cdc publishes alter publication streams_cdc"
                + " add table public.likes;");
    assertThat(database.source(null)).isEqualTo(1);
    assertThat(database.published()).contains("public.likes ").doesNotContain("likes_old");
    database.run(
        "alter table likes alter column target_id type text; alter table posts drop column"
            + " privacy_level");
    assertThat(
            database.ask(
                "select string_agg(problem, ' ' order by table_name) from"
                    + " streams.published_tables('streams_cdc')"))
        .isEqualTo(
            "has other columns: target_id (text, needs uuid) has other columns: privacy_level"
                + " (gone)");
  }
}
