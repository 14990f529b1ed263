package com.shareuptime.streams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.sink.redis.RedisConnections;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * The real job on a real Postgres and Redis. Nobody else writes there: what the owners of the
 * surfaces would have written is put there by hand, and then spoiled.
 */
@Timeout(180)
class ReconcileJobIT {
  private static final int POSTS = 20_000;

  private static LocalStack stack;
  private static Connection database;
  private static Jedis redis;

  @BeforeAll
  static void prepare() throws Exception {
    stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
    Configuration options = options();
    database = PostgresAddress.sink(options).connect();
    redis = RedisConnections.client(RedisAddress.of(options));
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
    redis.close();
  }

  /** Every post has likes, and every surface shows them. */
  @BeforeEach
  void rightAll() throws Exception {
    redis.flushAll();
    sql(
        "truncate users, posts, reels, likes, comments, shares, follows restart identity cascade",
        "truncate streams.counters, streams.pipeline_progress, streams.reconcile_buckets,"
            + " streams.reconcile_findings, streams.user_feeds, streams.reconcile_scopes,"
            + " streams.reconcile_canaries",
        "truncate streams.reconcile_runs restart identity cascade",
        "insert into users (username, display_name) select 'u' || i, 'U' from generate_series(1,"
            + " 20) i",
        "insert into posts (author_id, created_at) select 1 + i % 10,"
            + " now() - i * interval '1 second' from generate_series(1, "
            + POSTS
            + ") i",
        "insert into likes (target_type, target_id, user_id)"
            + " select 'post', p.id, u.id from posts p join users u on u.id <= p.id % 4",
        "insert into follows (follower_id, followee_id)"
            + " select 11 + i % 10, 1 + i / 10 from generate_series(0, 99) i",
        "insert into streams.counters (target_type, target_id, likes_count, version)"
            + " select 'post', id, id % 4, 7 from posts",
        "select * from streams.user_feeds_maintain('90 days', 1)");
    progress("'FFFFFF/0'");
    try (var pipeline = redis.pipelined()) {
      for (long post = 1; post <= POSTS; post++) {
        String likes = Long.toString(post % 4);
        pipeline.hset("counters:{post:" + post + "}", "likes", likes);
        pipeline.hset("counters:{post:" + post + "}", "v", "0000000000000000007");
      }
    }
  }

  /** Beyond all that will be committed, and beyond each time in which a surface settles. */
  private static void progress(String lsn) throws SQLException {
    sql(
        "delete from streams.pipeline_progress",
        "insert into streams.pipeline_progress (surface, visible_lsn, visible_at)"
            + " select s, "
            + lsn
            + ", now() + interval '1 hour' from unnest(array['counters.postgres',"
            + "'counters.redis', 'feeds.redis', 'feeds.postgres']) s");
  }

  @Test
  void whatIsRightIsVerified() throws Exception {
    long run = run("counters");
    assertThat(findings(run)).isEmpty();
    assertThat(ask("select surface || ' ' || compared from streams.reconcile_results order by 1"))
        .containsExactly("counters.postgres " + POSTS, "counters.redis " + POSTS);
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
  }

  @Test
  void allThatWasSpoiledIsFoundAndNothingElse() throws Exception {
    List<String> spoiled = new ArrayList<>();
    for (long post = 1; post <= 3_000; post += 3) {
      sql("update streams.counters set likes_count = 99 where target_id = " + post);
      spoiled.add("counters.postgres post:" + post + " wrong");
      sql("delete from streams.counters where target_id = " + (post + 1));
      if ((post + 1) % 4 != 0) {
        spoiled.add("counters.postgres post:" + (post + 1) + " missing");
      }
      redis.hset("counters:{post:" + post + "}", "shares", "1");
      spoiled.add("counters.redis post:" + post + " wrong");
      redis.del("counters:{post:" + (post + 2) + "}");
      if ((post + 2) % 4 != 0) {
        spoiled.add("counters.redis post:" + (post + 2) + " missing");
      }
    }
    sql(
        "insert into streams.counters (target_type, target_id, likes_count, version)"
            + " select 'post', 50000 + i, 1, 7 from generate_series(1, 100) i");
    for (int i = 1; i <= 100; i++) {
      spoiled.add("counters.postgres post:" + (50_000 + i) + " extra");
    }
    redis.hset("counters:{post:50001}", "likes", "not a number");
    spoiled.add("counters.redis post:50001 extra");
    assertThat(findings(run("counters"))).containsExactlyInAnyOrderElementsOf(spoiled);
    assertThat(verified()).isEmpty();
  }

  @Test
  void whatASurfaceMayNotHaveSeenYetIsNotProven() throws Exception {
    progress("'0/1'");
    sql("insert into likes (target_type, target_id, user_id) values ('post', 4, 20)");
    long run = run("counters");
    assertThat(findings(run))
        .containsExactly("counters.postgres post:4 unverified", "counters.redis post:4 unverified");
    assertThat(verified()).isEmpty();
  }

  @Test
  void aRepairIsSeenWhereItWasWrongAlone() throws Exception {
    sql("update streams.counters set likes_count = 99 where target_id = 17");
    assertThat(findings(run("counters"))).containsExactly("counters.postgres post:17 wrong");
    sql("update streams.counters set likes_count = 1, version = 8 where target_id = 17");
    long again = run("counters", "--reconcile.again", "true");
    assertThat(findings(again)).isEmpty();
    assertThat(ask("select planned::text from streams.reconcile_runs where run = " + again))
        .containsExactly("2");
    assertThat(ask("select key from streams.reconcile_findings where resolved_at is null"))
        .isEmpty();
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
  }

  @Test
  void slicesTogetherAreAll() throws Exception {
    sql("update streams.counters set likes_count = 99 where target_id = 17");
    List<String> runs = new ArrayList<>();
    for (int slice = 1; slice <= 4; slice++) { // three buckets of posts, one of reels
      assertThat(verified()).isEmpty();
      runs.add("" + run("counters", "--reconcile.slices", "4"));
    }
    assertThat(ask("select distinct run::text from streams.reconcile_buckets order by 1"))
        .isEqualTo(runs);
    assertThat(verified()).as("surfaces without a wrong row").containsExactly("counters.redis");
  }

  @Test
  void feedsLackNothingAboveTheirMarks() throws Exception {
    // user 11 follows 1 to 10, and pulls 2
    redis.sadd("pull:{11}", "2");
    List<String> posts =
        ask(
            "select id || ' ' || (extract(epoch from created_at) * 1000000)::bigint || ' '"
                + " || author_id from posts order by created_at desc limit 800");
    for (String post : posts) {
      String[] parts = post.split(" ");
      boolean isPulled = parts[2].equals("2");
      redis.zadd(isPulled ? "timeline:{2}" : "feed:{11}", Double.parseDouble(parts[1]), parts[0]);
      if (!isPulled) {
        sql(
            "insert into streams.user_feeds select 11, id, author_id, created_at from posts"
                + " where id = "
                + parts[0]);
      }
    }
    String[] last = posts.get(posts.size() - 1).split(" ");
    redis.zadd("feed:{11}", Double.parseDouble(last[1]), "~");
    redis.zadd("timeline:{2}", Double.parseDouble(last[1]), "~");
    // the durable copy has no week for it
    sql(
        "insert into posts (id, author_id, created_at) overriding system value values (499999, 1,"
            + " '9999-12-31')");
    redis.zadd("feed:{11}", (1L << 53) - 1, "499999");
    assertThat(findings(run("feeds"))).isEmpty();
    assertThat(verified()).containsExactly("feeds.postgres", "feeds.redis");

    sql("delete from posts where id = 499999");
    redis.zrem("feed:{11}", firstOf(posts, 1), firstOf(posts, 3));
    redis.zincrby("timeline:{2}", 1_000_000, firstOf(posts, 2));
    sql("delete from streams.user_feeds where post_id = " + firstOf(posts, 1));
    redis.zadd("feed:{11}", 5, "123456789"); // too much is nothing wrong
    assertThat(findings(run("feeds")))
        .containsExactlyInAnyOrder(
            "feeds.redis user:11 missing",
            "feeds.postgres user:11 missing",
            "feeds.redis author:2 wrong");
  }

  /** The newest post of an author. */
  private static String firstOf(List<String> posts, int author) {
    return posts.stream()
        .filter(post -> post.endsWith(" " + author))
        .findFirst()
        .orElseThrow()
        .split(" ")[0];
  }

  /** A read model may be wrong in a range of ids that nobody has ever looked at. */
  @Test
  void rowsThatAreBornAfterThePlanAreNotVerified() throws Exception {
    Configuration options = options("counters");
    BucketPlan plan = plan(options);
    sql("insert into posts (id, author_id) overriding system value values (500000, 1)");
    String born = ask("select pg_current_wal_insert_lsn()::text").get(0);
    run(plan, options);
    assertThat(verified()).isNotEmpty();
    assertThat(verifiedFrom(born)).isEmpty();

    run("counters", "--reconcile.again", "true");
    assertThat(verifiedFrom(born)).as("listed, compared by nobody").isEmpty();
    run("counters");
    assertThat(verifiedFrom(born)).containsExactly("counters.postgres", "counters.redis");
  }

  @Test
  void aSurfaceOfWhichOneKindOfRowWasNeverComparedIsNotVerified() throws Exception {
    run("feeds.postgres");
    assertThat(verified())
        .as("timelines are in feeds.redis, too")
        .containsExactly("feeds.postgres");
    run("feeds.redis");
    assertThat(verified()).containsExactly("feeds.postgres", "feeds.redis");
  }

  @Test
  void whatABlindRunHasComparedCountsForNothingUntilOneSees() throws Exception {
    long blind = run("counters");
    canary(blind, 6, 3);
    sql("update streams.pipeline_progress set verified_lsn = null, verified_at = null");
    run("counters", "--reconcile.again", "true");
    assertThat(verified()).as("by the buckets of the blind run").isEmpty();
    run("counters");
    assertThat(verified()).as("by a run that nobody has tried").isEmpty();

    long seeing = run("counters", "--reconcile.slices", "4");
    canary(seeing, 6, 6);
    run("counters", "--reconcile.again", "true");
    assertThat(verified()).as("three quarters were compared by nobody who sees").isEmpty();
    run("counters");
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
  }

  private static void canary(long run, int planted, int found) throws SQLException {
    sql(
        "update streams.reconcile_runs set canary_planted = %d, canary_found = %d where run = %d"
            .formatted(planted, found, run));
  }

  /** A fail-over, or an older volume: what was compared of the lost history is not compared now. */
  @Test
  void positionsThatTheSourceIsStillToReachCountForNothing() throws Exception {
    run("counters");
    sql(
        "update streams.reconcile_buckets set compared_lsn = 'FFFFF/0'",
        "update streams.pipeline_progress set verified_lsn = 'FFFFF/0' where surface like"
            + " 'counters.%'");
    run("counters", "--reconcile.again", "true");
    assertThat(verified()).isEmpty();
    run("counters");
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
    assertThat(verifiedFrom(ask("select (pg_current_wal_insert_lsn() + 1)::text").get(0)))
        .isEmpty();
  }

  /** Whether it is found is not known yet. */
  @Test
  void nothingIsVerifiedWhileACanaryIsOut() throws Exception {
    sql("insert into streams.reconcile_canaries (target_type, target_id) values ('post', 17)");
    run("counters");
    assertThat(verified()).isEmpty();
    sql("delete from streams.reconcile_canaries");
    run("counters", "--reconcile.again", "true");
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
  }

  private static List<String> verifiedFrom(String lsn) throws SQLException {
    return ask(
        "select surface from streams.pipeline_progress where verified_lsn >= '%s' order by 1"
            .formatted(lsn));
  }

  private static List<String> verified() throws SQLException {
    return ask(
        "select surface from streams.pipeline_progress where verified_lsn is not null order by 1");
  }

  private static List<String> findings(long run) throws SQLException {
    return ask(
        "select surface || ' ' || key || ' ' || kind from streams.reconcile_findings where run = "
            + run);
  }

  /** Runs the job to its end; returns the number of the run. */
  private static long run(String surfaces, String... more) throws Exception {
    Configuration options = options(surfaces);
    for (int i = 0; i < more.length; i += 2) {
      options.setString(more[i].substring(2), more[i + 1]);
    }
    BucketPlan plan = plan(options);
    run(plan, options);
    return plan.run();
  }

  private static BucketPlan plan(Configuration options) {
    return BucketPlan.of(
        PostgresAddress.source(options),
        PostgresAddress.sink(options),
        scope -> Ids.NONE,
        ReconcileOptions.surfaces(options),
        ReconcileOptions.selection(options));
  }

  private static void run(BucketPlan plan, Configuration options) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
    ReconcileJob.build(env, plan, ReconcileOptions.settings(options), options);
    env.execute(ReconcileJob.NAME);
  }

  private static Configuration options(String surfaces) {
    Configuration options = options();
    options.setString("reconcile.surfaces", surfaces);
    return options;
  }

  private static Configuration options() {
    Configuration options = new Configuration();
    options.set(ConnectionOptions.SOURCE_URL, stack.postgresJdbcUrl());
    options.set(ConnectionOptions.SOURCE_USER, stack.postgresUser());
    options.set(ConnectionOptions.SOURCE_PASSWORD_FILE, stack.postgresPasswordFile().toString());
    options.set(ConnectionOptions.SINK_URL, stack.postgresJdbcUrl());
    options.set(ConnectionOptions.SINK_USER, stack.postgresUser());
    options.set(ConnectionOptions.SINK_PASSWORD_FILE, stack.postgresPasswordFile().toString());
    options.set(ConnectionOptions.REDIS_URL, stack.redisUrl());
    options.set(ReconcileOptions.SOURCE_LOAD, 1.0);
    options.set(ReconcileOptions.GRACE, Duration.ofSeconds(1));
    options.set(ReconcileOptions.FEEDS_SETTLE, Duration.ofSeconds(1));
    options.set(ReconcileOptions.PATIENCE, Duration.ofSeconds(5));
    return options;
  }

  private static void sql(String... statements) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> ask(String query) throws SQLException {
    List<String> column = new ArrayList<>();
    try (Statement statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }
}
