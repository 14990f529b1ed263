package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.testing.Savepoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The real job on servers of its own, and not one record of {@code user-activity}: who writes rows
 * has a feed. Topics of likes, comments, shares and reels have no heartbeat, so that they would
 * hold time back if anything waited for them. The job goes through all tests, in order.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedsByRowsIT {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
  private static final Id AUTHOR = Id.of(1_000);
  private static final Id POST = Id.of(1);
  private static final Id DEACTIVATED = Id.of(1_001);
  private static final Id SILENT = Id.of(1_002);

  @TempDir private static Path folder;

  private static LocalStack stack;
  private static FeedTopics product;
  private static Jedis redis;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack =
        LocalStack.start(
            folder.resolve("stack"), Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword(), IdKinds.NUMBERS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    redis = Servers.client(stack);
    product = new FeedTopics(stack.kafkaBootstrap());
    product.user(AUTHOR);
    product.post(POST, AUTHOR, LONG_AGO, "public", "");
    follower(DEACTIVATED, false);
    follower(SILENT, true);
  }

  @AfterAll
  static void stop() throws Exception {
    job.cancel().get();
    product.close();
    redis.close();
    stack.close();
  }

  @Test
  @Order(1)
  void whoHasWrittenLatelyHasAFeedFromTheStart() throws Exception {
    product.own(CdcTable.LIKES, "user_id", DEACTIVATED, NOW);
    product.own(CdcTable.LIKES, "user_id", SILENT, LONG_AGO);
    rowsOf(10);
    job = RunningFeeds.start(RunningFeeds.options(stack), folder.resolve("feeds"));
    assertAllHaveFeeds(10);
  }

  @Test
  @Order(2)
  void whoWritesSomethingGetsAFeed() {
    product.own(CdcTable.COMMENTS, "author_id", DEACTIVATED, Instant.now());
    product.own(CdcTable.COMMENTS, "author_id", SILENT, LONG_AGO);
    rowsOf(20);
    assertAllHaveFeeds(20);
  }

  @Test
  @Order(3)
  void nobodyElseHasOne() {
    for (Id user : new Id[] {DEACTIVATED, SILENT, AUTHOR}) {
      assertThat(redis.exists("feed:{" + user + "}")).as("a feed of %s", user).isFalse();
    }
  }

  @Test
  @Order(4)
  void rowsOfWhenTheJobWasAwayCountAfterARestoreAtAnotherWidth() throws Exception {
    String savepoint = Savepoint.stop(job, folder.resolve("savepoints"));
    rowsOf(30);
    job =
        RunningFeeds.restore(RunningFeeds.options(stack), folder.resolve("restored"), 3, savepoint);
    assertAllHaveFeeds(30);
  }

  private static void follower(Id user, boolean active) {
    product.user(user, active, "");
    product.follow(user, AUTHOR, LONG_AGO);
  }

  /** One user for each way to be active, of followers since long ago. */
  private static void rowsOf(int first) {
    for (int user = first; user < first + 7; user++) {
      follower(Id.of(user), true);
    }
    Instant now = Instant.now();
    product.own(CdcTable.LIKES, "user_id", Id.of(first), now);
    product.own(CdcTable.COMMENTS, "author_id", Id.of(first + 1), now);
    product.own(CdcTable.SHARES, "user_id", Id.of(first + 2), now);
    product.own(CdcTable.REELS, "author_id", Id.of(first + 3), now);
    product.post(Id.of(first), Id.of(first + 4), now, "private", "");
    product.follow(Id.of(first + 5), Id.of(first), now);
    product.user(Id.of(first + 6), true, ",\"last_active_at\":\"%s\"".formatted(now));
  }

  private static void assertAllHaveFeeds(int first) {
    for (int user = first; user < first + 7; user++) {
      String feed = "feed:{%d}".formatted(user);
      await()
          .untilAsserted(
              () ->
                  assertThat(redis.zrange(feed, 0, -1))
                      .as(feed)
                      .containsExactlyInAnyOrder("~", POST.toString()));
    }
  }
}
