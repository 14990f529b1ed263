package com.shareuptime.streams.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test has a database of its own on the shared server. */
@Timeout(120)
class MigrationsIT {
  private static final List<String> SOURCE =
      List.of(
          "V12__replica_identities",
          "V11__model",
          "V9__ingest_holes",
          "V8__mirrored_counters",
          "V2__cdc_generation",
          "V1__pipeline_heartbeat");
  private static final List<String> SINK =
      List.of(
          "V16__counters_of_the_model",
          "V15__entities",
          "V14__add_counter",
          "V13__sink_marks",
          "V12__shared_run_numbers",
          "V11__reconcile_sight",
          "V10__reconcile",
          "V9__search_indexes",
          "V8__user_feeds",
          "V7__retention",
          "V6__counter_drift",
          "V5__pipeline_progress",
          "V4__trending",
          "V3__counter_windows",
          "V2__counters",
          "V1__run_numbers");

  private final LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES));
  private final String database = "migrations_" + UUID.randomUUID().toString().replace("-", "");
  private final String user = stack.postgresUser();
  private final String password = stack.postgresPassword();
  private final String url = stack.postgresJdbcUrl().replaceAll("/[^/]*$", "/" + database);
  private Connection connection;

  @BeforeEach
  void create() throws SQLException {
    run(stack.postgresJdbcUrl(), "create database " + database);
    connection = DriverManager.getConnection(url, user, password);
  }

  @AfterEach
  void drop() throws SQLException {
    connection.close();
    run(stack.postgresJdbcUrl(), "drop database " + database + " with (force)");
  }

  private void run(String where, String sql) throws SQLException {
    try (var other = DriverManager.getConnection(where, user, password);
        var statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private Set<String> objects() throws SQLException {
    Set<String> objects = new TreeSet<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select relkind::text || ' ' || relname from pg_class
                  where relnamespace = 'streams'::regnamespace and relname not like 'flyway_%'
                union all select 'f ' || proname from pg_proc where pronamespace = 'streams'::regnamespace
                union all select 'p ' || pubname || ' ' || schemaname || '.' || tablename from pg_publication_tables
                """)) {
      while (rows.next()) {
        objects.add(rows.getString(1));
      }
    }
    return objects;
  }

  private void migrate() throws SQLException {
    BaseSchema.apply(url, user, password);
    assertThat(Migrations.source(url, user, password)).isEqualTo(SOURCE.size());
    assertThat(Migrations.sink(url, user, password)).isEqualTo(SINK.size());
  }

  private void rollback(String set, List<String> names) throws SQLException, IOException {
    for (String name : names) {
      try (InputStream script =
          Migrations.class.getResourceAsStream("rollback/" + set + "/" + name + ".sql")) {
        run(new String(script.readAllBytes(), UTF_8));
      }
    }
  }

  /** Views ask with the rights of who asks them, so that nobody sees more than before. */
  @Test
  void whoMayReadTheTablesMayReadTheirViews() throws Exception {
    String reader = database + "_reader";
    BaseSchema.apply(url, user, password);
    run("create role " + reader);
    try {
      run("grant select on public.posts, public.users to " + reader);
      migrate();
      for (String view : List.of("posts", "users", "reels")) {
        assertThat(
                ask(
                    "select has_table_privilege('%s', 'streams_model.%s', 'select')"
                        .formatted(reader, view)))
            .as(view)
            .isEqualTo(view.equals("reels") ? "f" : "t");
      }
      run("set role " + reader);
      assertThat(ask("select count(*) from streams_model.posts")).isEqualTo("0");
      run("reset role");
      run("revoke select on public.posts from " + reader);
      run("set role " + reader);
      assertThatThrownBy(() -> ask("select count(*) from streams_model.posts"))
          .hasMessageContaining("permission denied for table posts");
    } finally {
      run("reset role");
      run("drop owned by " + reader);
      run("drop role " + reader);
    }
  }

  @Test
  void viewsThatSomebodyHasDroppedComeBack() throws Exception {
    migrate();
    run("drop schema streams_model cascade");
    assertThat(Migrations.source(url, user, password)).isEqualTo(1);
    assertThat(ask("select count(*) from streams_model.likes")).isEqualTo("0");
    assertThat(Migrations.source(url, user, password)).isZero();
  }

  /** The product changes its tables as if we were not there, and views are of what has the name. */
  @Test
  void viewsHinderNoChangeOfTheTables() throws Exception {
    migrate();
    run("insert into public.users (id, username, display_name) values (1, 'ann', 'Ann')");
    run("alter table public.users alter column username type varchar(200)");
    assertThat(ask("select username from streams_model.users")).isEqualTo("ann");

    run("create table public.shares_new (like public.shares including all)");
    run(
        "insert into public.shares_new (id, post_id, user_id) overriding system value values (1, 2,"
            + " 3)");
    run(
        "alter table public.shares rename to shares_old; alter table public.shares_new rename to"
            + " shares");
    run("drop table public.shares_old");
    assertThat(ask("select target_id from streams_model.shares")).isEqualTo("2");

    run("alter table public.reels drop column caption");
    assertThatThrownBy(() -> ask("select count(*) from streams_model.reels"))
        .hasMessageContaining("caption");
  }

  /** A column that changes its type changes its view, which cannot be replaced then. */
  @Test
  void anotherTypeMakesTheViewsAnew() throws Exception {
    migrate();
    run(
        "drop view streams_model.shares; create view streams_model.shares as select 1::int as id,"
            + " ''::text as other");
    run("update streams.model set statements = 'of before'");
    assertThat(Migrations.source(url, user, password)).isEqualTo(1);
    assertThat(ask("select count(target_id) from streams_model.shares")).isEqualTo("0");
  }

  @Test
  void migratingAgainChangesNothing() throws Exception {
    migrate();
    Set<String> before = objects();
    BaseSchema.apply(url, user, password);
    assertThat(Migrations.source(url, user, password)).isZero();
    assertThat(Migrations.sink(url, user, password)).isZero();
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void twoThatMigrateAtOnceDoNotDisturbEachOther() throws Exception {
    var other = CompletableFuture.supplyAsync(() -> Migrations.sink(url, user, password));
    int here = Migrations.sink(url, user, password);
    assertThat(here + other.join()).isEqualTo(SINK.size());
  }

  @Test
  void everythingIsPublishedTruncatesToo() throws Exception {
    migrate();
    assertThat(
            ask(
                "select string_agg(tablename, ',' order by tablename) from pg_publication_tables"
                    + " where pubname = 'streams_cdc'"))
        .isEqualTo("comments,follows,likes,pipeline_heartbeat,posts,reels,shares,users");
    assertThat(
            ask(
                "select pubinsert and pubupdate and pubdelete and pubtruncate and pubviaroot from"
                    + " pg_publication"))
        .isEqualTo("t");
  }

  @Test
  void everyMigrationCanBeUndoneAndDoneAgain() throws Exception {
    migrate();
    Set<String> all = objects();
    rollback("sink", SINK);
    rollback("source", List.of("posts_author_created", "published"));
    assertThat(
            ask(
                "select count(*) from pg_class where relreplident = 'f' or relname ="
                    + " 'posts_author_created'"))
        .isEqualTo("0");
    rollback("source", SOURCE);
    assertThat(objects()).isEmpty();
    assertThat(Migrations.source(url, user, password)).isEqualTo(SOURCE.size());
    assertThat(Migrations.sink(url, user, password)).isEqualTo(SINK.size());
    assertThat(objects()).isEqualTo(all);
  }

  @Test
  void aPublicationThatExistsIsCompletedAndATableWithoutIdentityGetsOne() throws Exception {
    BaseSchema.apply(url, user, password);
    run(
        "create publication streams_cdc for table public.likes; alter table public.follows replica"
            + " identity nothing");
    Migrations.source(url, user, password);
    assertThat(ask("select count(*) from pg_publication_tables where pubname = 'streams_cdc'"))
        .isEqualTo("8");
    assertThat(ask("select relreplident from pg_class where oid = 'public.follows'::regclass"))
        .isEqualTo("d");
    assertThat(
            ask(
                "select string_agg(relname, ' ' order by relname) from pg_class where relreplident"
                    + " = 'f'"))
        .isEqualTo("posts reels users");
  }

  @Test
  void aLargeTableOfPostsIsNotLockedForItsIndexButTheWayToItIsTold() throws Exception {
    BaseSchema.apply(url, user, password);
    run("insert into public.users (id, username, display_name) values (1, 'a', 'A')");
    run(
        "insert into public.posts (author_id, content) select 1, repeat(md5(i::text), 40) from"
            + " generate_series(1, 60000) i");
    assertThatThrownBy(() -> Migrations.source(url, user, password))
        .hasStackTraceContaining("sql/production/posts_author_created.sql");
    run(
        "create index concurrently posts_author_created on public.posts (author_id, created_at"
            + " desc, id desc)");
    Migrations.source(url, user, password);
    assertThat(Migrations.source(url, user, password)).isZero();
  }

  @Test
  void anIndexThatLeavesUnlistedPostsOutIsMadeAnew() throws Exception {
    BaseSchema.apply(url, user, password);
    run(
        "create index posts_author_created on public.posts (author_id, created_at desc, id desc)"
            + " where not is_deleted and visibility in ('public', 'followers')");
    Migrations.source(url, user, password);
    assertThat(ask("select indexdef from pg_indexes where indexname = 'posts_author_created'"))
        .contains("unlisted");
    assertThat(Migrations.source(url, user, password)).isZero();
  }

  @Test
  void withoutTheProductsTablesTheErrorNamesThem() {
    assertThatThrownBy(() -> Migrations.source(url, user, password))
        .hasMessageContaining("public.users");
  }

  @Test
  void waitForReturnsAsSoonAsAnotherSessionHasMovedProgress() throws Exception {
    migrate();
    run("insert into streams.pipeline_progress (surface, visible_lsn) values ('s', '0/10')");
    assertThat(ask("select streams.wait_for('s', '0/10', '10 s')")).isEqualTo("t");
    connection.setAutoCommit(false);
    run("select 1");
    var mover =
        CompletableFuture.runAsync(
            () -> {
              try {
                run(
                    url,
                    "select pg_sleep(0.3); update streams.pipeline_progress set visible_lsn ="
                        + " '0/20'");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    long start = System.nanoTime();
    assertThat(ask("select streams.wait_for('s', '0/20', '60 s')")).isEqualTo("t");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
    mover.join();
  }

  @Test
  void waitForGivesUpAfterItsTimeoutAndAlsoBeforeThereIsAnyProgress() throws Exception {
    migrate();
    run("insert into streams.pipeline_progress (surface) values ('silent')");
    for (String surface : List.of("silent", "unknown")) {
      long start = System.nanoTime();
      assertThat(ask("select streams.wait_for('" + surface + "', '0/1', '300 ms')")).isEqualTo("f");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(290), Duration.ofSeconds(20));
    }
  }

  @Test
  void waitForRefusesATransactionThatWouldNeverSeeProgress() throws Exception {
    migrate();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertThatThrownBy(() -> ask("select streams.wait_for('s', '0/1', '300 ms')"))
        .hasMessageContaining("repeatable read");
  }

  @Test
  void purgesRemoveWhatIsPastItsRetentionAndNothingElse() throws Exception {
    migrate();
    run(
        "insert into streams.counters (target_type, target_id, version, deleted_at) select 'post',"
            + " i, 1, case when i > 10 then now() - i * interval '1 day' end from"
            + " generate_series(1, 30) i");
    assertThat(ask("select streams.purge_tombstones('20 days', 7)")).as("one batch").isEqualTo("7");
    assertThat(ask("select streams.purge_tombstones('20 days', 7)")).isEqualTo("4");
    assertThat(
            ask(
                "select string_agg(target_id::text, ',' order by target_id) from streams.counters"
                    + " where deleted_at is not null"))
        .isEqualTo("11,12,13,14,15,16,17,18,19");
    assertThatThrownBy(() -> ask("select streams.purge_tombstones('7 days')"))
        .hasMessageContaining("8 days");

    run(
        "insert into streams.counter_windows select 'post', 1, date_trunc('hour', now()) - i *"
            + " interval '1 hour' + interval '1 minute', 1, 0, 0, 1 from generate_series(0, 46) i");
    assertThat(ask("select streams.purge_windows(interval '2 days')")).isEqualTo("0");
    int left =
        Integer.parseInt(
            ask(
                "select count(*) from streams.counter_windows where window_start >= now() -"
                    + " interval '1 day'"));
    assertThat(ask("select streams.purge_windows(interval '1 day')"))
        .isEqualTo(Integer.toString(47 - left));
    assertThat(ask("select count(*) from streams.counter_windows"))
        .isEqualTo(Integer.toString(left));
  }

  @Test
  void theWeeksOfTheFeedsAreMadeAndDroppedByRepeatableCalls() throws Exception {
    migrate();
    run("set time zone 'America/St_Johns'");
    String range =
        "select round(extract(epoch from newest - oldest) / 604800) from"
            + " streams.user_feeds_maintain('30 days', 4)";
    String made = ask(range);
    assertThat(made).as("30 days touch five or six weeks, then four ahead").isIn("9", "10");
    assertThat(ask(range)).isEqualTo(made);
    assertThat(weeks()).isEqualTo(made);
    assertThat(
            ask(
                "select to_char(oldest at time zone 'UTC', 'ID HH24:MI:SS.US') from"
                    + " streams.user_feeds_maintain('30 days', 4)"))
        .isEqualTo("1 00:00:00.000000");
    run(
        "insert into streams.user_feeds select 1, i, 2, now() - i * interval '1 day' from"
            + " generate_series(0, 29) i");

    ask("select streams.user_feeds_maintain('7 days', 1)");
    assertThat(weeks()).as("weeks ahead that are there stay").isEqualTo("6");
    assertThat(ask("select min(inserted_at) > now() - interval '14 days' from streams.user_feeds"))
        .isEqualTo("t");
    assertThat(ask("select count(*) >= 8 from streams.user_feeds")).isEqualTo("t");
    assertThatThrownBy(() -> ask("select streams.user_feeds_maintain('6 days', 4)"))
        .hasMessageContaining("a week or more");
  }

  @Test
  void severalThatMaintainTheFeedsAtOnceMakeEachWeekOnce() throws Exception {
    migrate();
    var all =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            run(url, "select streams.user_feeds_maintain('90 days', 4)");
                          } catch (SQLException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    all.forEach(CompletableFuture::join);
    assertThat(Integer.parseInt(weeks())).isBetween(17, 18);
  }

  @Test
  void aWeekThatIsReadIsDroppedLaterAndHoldsUpNobodyForLong() throws Exception {
    migrate();
    ask("select streams.user_feeds_maintain('90 days', 1)");
    try (var reader = DriverManager.getConnection(url, user, password)) {
      reader.setAutoCommit(false);
      try (var statement = reader.createStatement()) {
        statement.executeQuery("select count(*) from streams.user_feeds").close();
        ask("select streams.user_feeds_maintain('83 days', 1)");
        run("insert into streams.user_feeds values (1, 1, 1, now())");
        assertThat(Integer.parseInt(weeks())).isBetween(14, 15);
      }
    }
    String before = weeks();
    ask("select streams.user_feeds_maintain('83 days', 1)");
    assertThat(Integer.parseInt(weeks())).isEqualTo(Integer.parseInt(before) - 1);
  }

  @Test
  void aPageOfAFeedIsReadInOrderAndOnlyAsFarBackAsItNeeds() throws Exception {
    migrate();
    ask("select streams.user_feeds_maintain('90 days', 4)");
    run(
        "insert into streams.user_feeds select i % 50, i, 1, now() - i * interval '5 minutes' from"
            + " generate_series(1, 20000) i");
    run("analyze streams.user_feeds");
    StringBuilder plan = new StringBuilder();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "explain (analyze, costs off, timing off, summary off) select post_id from"
                    + " streams.user_feeds where user_id = 7 order by user_id, inserted_at desc,"
                    + " post_id desc limit 20")) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    assertThat(plan.toString()).contains("Append", "never executed").doesNotContain("Sort");
  }

  private String weeks() throws SQLException {
    return ask("select count(*) from pg_inherits where inhparent = 'streams.user_feeds'::regclass");
  }

  @Test
  void hoursAndDaysAreThoseOfUtcInEveryTimeZone() throws Exception {
    migrate();
    run("set time zone 'Asia/Kathmandu'");
    run(
        "insert into streams.counter_windows values ('post', 1, '2026-11-24T23:30:00Z', 2, 0, 0,"
            + " 1), ('post', 1, '2026-11-24T23:59:00Z', 3, 0, 0, 1), ('post', 1,"
            + " '2026-11-25T00:00:00Z', 4, 1, 0, 1)");
    assertThat(
            ask(
                "select string_agg(to_char(hour at time zone 'UTC', 'DD HH24:MI') || '=' || likes,"
                    + " ' ' order by hour) from streams.counters_hourly"))
        .isEqualTo("24 23:00=5 25 00:00=4");
    assertThat(
            ask(
                "select string_agg(to_char(day at time zone 'UTC', 'DD HH24:MI') || '=' || likes, '"
                    + " ' order by day) from streams.counters_daily"))
        .isEqualTo("24 00:00=5 25 00:00=4");
  }

  @Test
  void aNewCounterGetsItsColumnsOnce() throws Exception {
    migrate();
    assertThat(ask("select streams.add_counter('likes')")).isEqualTo("f");
    assertThat(ask("select streams.add_counter('claps')")).isEqualTo("t");
    assertThat(ask("select streams.add_counter('claps')")).isEqualTo("f");
    run("insert into streams.counters values ('post', 1, 2, 0, 0, 1)");
    run(
        "insert into streams.counter_windows (target_type, target_id, window_start, likes, claps,"
            + " version) values ('post', 1, '2026-11-24T23:30:00Z', 2, 5, 1)");
    assertThat(ask("select claps_count from streams.counters")).isEqualTo("0");
    for (String view : List.of("counters_hourly", "counters_daily")) {
      assertThat(ask("select likes || ' ' || claps from streams." + view)).isEqualTo("2 5");
    }
  }
}
