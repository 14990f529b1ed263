package com.shareuptime.streams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.plan.BucketPlan;
import com.shareuptime.streams.sql.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** The job where ids are no numbers: more posts than a bucket should have. */
@Timeout(300)
class ReconcileUuidsIT {
  private static final int POSTS = 30_000;
  private static final Path MODEL = Path.of("../../models/shareuptime-uuid");

  private final LocalStack stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.REDIS));
  private final String url = stack.postgresJdbcUrl().replaceAll("/[^/]*$", "/reconcile_uuids");

  @BeforeEach
  void create() throws SQLException {
    run(stack.postgresJdbcUrl(), "create database reconcile_uuids");
  }

  @AfterEach
  void drop() throws SQLException {
    run(stack.postgresJdbcUrl(), "drop database reconcile_uuids with (force)");
    try (Jedis redis = new Jedis(stack.redisUrl())) {
      redis.flushAll();
    }
  }

  /** Of texts, the same tables: UUIDs without their type, in upper case, which are no UUIDs. */
  private void fill(IdKind kind) throws Exception {
    String type = kind.sql();
    String made = kind == IdKind.UUID ? "md5(%s)::uuid" : "'P{' || md5(%s)";
    run(
        url,
        Files.readString(MODEL.resolve("schema.sql"))
            .replaceAll("\\buuid\\b", type)
            .replace("default gen_random_uuid()", "default md5(random()::text)::" + type));
    Migrations.source(
        url,
        stack.postgresUser(),
        stack.postgresPassword(),
        Files.readString(MODEL.resolve("model.sql")));
    Migrations.sink(
        url, stack.postgresUser(), stack.postgresPassword(), new IdKinds(kind, kind, kind));
    run(
        url,
        "insert into users (id, username) select %s, 'u' || i from generate_series(1, 20) i"
            .formatted(made.formatted("'u' || i")),
        "insert into posts (id, user_id, content, created_at) select %s, %s, 'p', now() - i * interval '1 second' from generate_series(1, %d) i"
            .formatted(made.formatted("i::text"), made.formatted("'u' || (1 + i % 20)"), POSTS),
        "insert into likes (target_type, target_id, user_id) select 'post', p.id, u.id from posts p"
            + " join users u on u.username <= 'u1'",
        "insert into follows (follower_id, following_id) select a.id, b.id from users a join users"
            + " b on a.id <> b.id",
        "insert into streams.counters (target_type, target_id, likes_count, version) select 'post',"
            + " id, 1, 7 from posts",
        "select * from streams.user_feeds_maintain('90 days', 1)",
        "insert into streams.pipeline_progress (surface, visible_lsn, visible_at) select s,"
            + " 'FFFFFF/0', now() + interval '1 hour' from unnest(array['counters.postgres',"
            + " 'counters.redis', 'feeds.redis', 'feeds.postgres']) s");
    try (Jedis redis = new Jedis(stack.redisUrl());
        Pipeline pipeline = redis.pipelined()) {
      for (String post : ask("select id from posts")) {
        String key = "counters:{post:" + post.replace("{", "%7B") + "}";
        pipeline.hset(key, "likes", "1");
        pipeline.hset(key, "v", "0000000000000000007");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = IdKind.class,
      names = {"UUID", "TEXT"})
  void whatIsWrongIsFoundInBucketsThatStay(IdKind kind) throws Exception {
    fill(kind);
    assertThat(findings(compare("counters"))).isEmpty();
    assertThat(verified()).containsExactly("counters.postgres", "counters.redis");
    List<String> buckets = buckets();
    assertThat(buckets).hasSizeBetween(4, 6);

    String wrong = ask("select id from posts order by 1 limit 1 offset 20000").get(0);
    String missing = ask("select id from posts order by 1 limit 1").get(0);
    String extra = kind == IdKind.UUID ? "ffffffff-ffff-ffff-ffff-ffffffffffff" : "\uFFFF";
    run(
        url,
        "update streams.counters set likes_count = 9 where target_id = '%s'".formatted(wrong),
        "delete from streams.counters where target_id = '%s'".formatted(missing),
        "insert into streams.counters (target_type, target_id, likes_count, version) values ('post', '%s', 1, 7)"
            .formatted(extra));
    assertThat(findings(compare("counters")))
        .containsExactlyInAnyOrder(
            "counters.postgres post:%s wrong".formatted(wrong),
            "counters.postgres post:%s missing".formatted(missing),
            "counters.postgres post:%s extra".formatted(extra));
    assertThat(buckets()).as("with the same bounds").isEqualTo(buckets);

    run(
        url,
        "update streams.counters set likes_count = 1 where target_id = '%s'".formatted(wrong),
        "delete from streams.counters where target_id = '%s'".formatted(extra),
        "insert into streams.counters (target_type, target_id, likes_count, version) values ('post', '%s', 1, 7)"
            .formatted(missing));
    assertThat(findings(compare("counters", "--reconcile.again", "true"))).isEmpty();
    assertThat(ask("select key from streams.reconcile_findings where resolved_at is null"))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = IdKind.class,
      names = {"UUID", "TEXT"})
  void feedsAreComparedOfWhoHasOne(IdKind kind) throws Exception {
    fill(kind);
    String user = ask("select id from users where username = 'u1'").get(0);
    List<String> page =
        ask(
            "select p.id || ' ' || (extract(epoch from p.created_at) * 1000000)::bigint"
                + " from posts p order by p.created_at desc limit 100");
    try (Jedis redis = new Jedis(stack.redisUrl())) {
      String key = "feed:{" + user.replace("{", "%7B") + "}";
      String last = page.get(page.size() - 1);
      redis.zadd(key, Double.parseDouble(last.substring(last.lastIndexOf(' ') + 1)) - 1, "~");
      for (String entry : page.subList(1, page.size())) {
        int space = entry.lastIndexOf(' ');
        redis.zadd(
            key,
            Double.parseDouble(entry.substring(space + 1)),
            entry.substring(0, space).replace("{", "%7B"));
      }
    }
    run(
        url,
        "insert into streams.user_feeds (user_id, post_id, author_id, inserted_at)"
            + " select '%s', id, user_id, created_at from posts order by created_at desc limit 100"
                .formatted(user));
    assertThat(findings(compare("feeds.redis")))
        .containsExactly("feeds.redis user:" + user + " missing");
  }

  private long compare(String surfaces, String... more) throws Exception {
    Configuration options = options();
    options.setString("reconcile.surfaces", surfaces);
    for (int i = 0; i < more.length; i += 2) {
      options.setString(more[i].substring(2), more[i + 1]);
    }
    BucketPlan plan =
        BucketPlan.of(
            PostgresAddress.source(options),
            PostgresAddress.sink(options),
            scope -> Ids.NONE,
            ReconcileOptions.surfaces(options),
            ReconcileOptions.selection(options));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
    ReconcileJob.build(env, plan, ReconcileOptions.settings(options), options);
    env.execute(ReconcileJob.NAME);
    return plan.run();
  }

  private Configuration options() {
    Configuration options = new Configuration();
    options.set(ConnectionOptions.SOURCE_URL, url);
    options.set(ConnectionOptions.SOURCE_USER, stack.postgresUser());
    options.set(ConnectionOptions.SOURCE_PASSWORD_FILE, stack.postgresPasswordFile().toString());
    options.set(ConnectionOptions.SINK_URL, url);
    options.set(ConnectionOptions.SINK_USER, stack.postgresUser());
    options.set(ConnectionOptions.SINK_PASSWORD_FILE, stack.postgresPasswordFile().toString());
    options.set(ConnectionOptions.REDIS_URL, stack.redisUrl());
    options.set(ReconcileOptions.SOURCE_LOAD, 1.0);
    options.set(ReconcileOptions.GRACE, Duration.ofSeconds(1));
    options.set(ReconcileOptions.FEEDS_SETTLE, Duration.ofSeconds(1));
    options.set(ReconcileOptions.PATIENCE, Duration.ofSeconds(5));
    return options;
  }

  private List<String> findings(long run) throws SQLException {
    return ask(
        "select surface || ' ' || key || ' ' || kind from streams.reconcile_findings where run = "
            + run);
  }

  private List<String> verified() throws SQLException {
    return ask(
        "select surface from streams.pipeline_progress where verified_lsn is not null order by 1");
  }

  private List<String> buckets() throws SQLException {
    return ask(
        "select first_id || ' ' || last_id from streams.reconcile_buckets"
            + " where scope = 'POST_COUNTERS' and surface = 'counters.redis' order by first_id");
  }

  private Connection connect(String where) throws SQLException {
    return DriverManager.getConnection(where, stack.postgresUser(), stack.postgresPassword());
  }

  private void run(String where, String... statements) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> ask(String query) throws SQLException {
    List<String> column = new ArrayList<>();
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }
}
