package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.feeds.archive.RunningArchive;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.testing.DrawnIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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
 * Both real jobs, on servers of their own, where users and posts have UUIDs: from rows and activity
 * to Redis and to {@code streams.user_feeds}. They go through all tests, in order.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedsOfUuidsIT {
  private static final DrawnIds IDS = DrawnIds.UUIDS;
  private static final Id READER = IDS.of(1);
  private static final Id AUTHOR = IDS.of(2);
  private static final Id LATE_READER = IDS.of(3);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  /** For which nobody has a feed any more. */
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));

  @TempDir private static Path folder;

  private static LocalStack stack;
  private static FeedTopics product;
  private static Jedis redis;
  private static final List<JobClient> JOBS = new ArrayList<>();

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack =
        LocalStack.start(
            folder.resolve("stack"), Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword(), IDS.kinds());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    redis = Servers.client(stack);
    product = new FeedTopics(stack.kafkaBootstrap());
    JOBS.add(RunningFeeds.start(options(), folder.resolve("feeds")));
    JOBS.add(RunningArchive.start(options(), folder.resolve("archive")));
  }

  @AfterAll
  static void stop() throws Exception {
    for (JobClient job : JOBS) {
      job.cancel().get();
    }
    product.close();
    redis.close();
    stack.close();
  }

  @Test
  @Order(1)
  void aReaderGetsWhatIsForFeeds() throws Exception {
    List.of(READER, AUTHOR, LATE_READER).forEach(product::user);
    product.follow(READER, AUTHOR, LONG_AGO);
    post(11, AUTHOR, "public", "");
    post(12, AUTHOR, "unlisted", ",\"in_feeds\":true");
    post(13, AUTHOR, "followers", "");
    post(14, AUTHOR, "private", "");
    post(15, AUTHOR, "public", ",\"in_feeds\":false");
    post(16, READER, "public", "");
    product.activity("\"" + READER.toString().toUpperCase(Locale.ROOT) + "\"");

    await().untilAsserted(() -> assertFeed(READER, 11, 12, 13, 16));
    await().untilAsserted(() -> assertArchived(READER, 11, 12, 13, 16));
    assertThat(redis.zscore("feed:{" + READER + "}", IDS.of(12).toString()))
        .isEqualTo(position(12));
  }

  @Test
  @Order(2)
  void whatComesIntoFeedsIsPushedAndWhatGoesIsNotFilledIn() throws Exception {
    post(15, AUTHOR, "public", ",\"in_feeds\":true");
    await().untilAsserted(() -> assertFeed(READER, 11, 12, 13, 15, 16));
    await().untilAsserted(() -> assertArchived(READER, 11, 12, 13, 15, 16));

    post(12, AUTHOR, "unlisted", ",\"in_feeds\":false");
    post(17, AUTHOR, "public", "");
    await().untilAsserted(() -> assertFeed(READER, 11, 12, 13, 15, 16, 17));
    product.follow(LATE_READER, AUTHOR, LONG_AGO);
    product.activity(IdJson.node(LATE_READER).toString());
    await().untilAsserted(() -> assertFeed(LATE_READER, 11, 13, 15, 17));
  }

  @Test
  @Order(3)
  void aNumberIsNobodyHere() throws Exception {
    product.activity("7");
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("group.id", "feeds-of-uuids-it");
    properties.setProperty("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("dead-letters"));
      var letter =
          await()
              .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
              .iterator()
              .next();
      assertThat(letter.value()).asString(StandardCharsets.UTF_8).contains("\"user_id\":7");
    }
  }

  private static void post(int number, Id author, String visibility, String more) {
    Instant at = NOW.minusSeconds(1_000 - number);
    product.post(IDS.of(number), author, at, visibility, more);
  }

  private static double position(int post) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, NOW.minusSeconds(1_000 - post));
  }

  /** Whole, with its mark, and nothing else in it. */
  private static void assertFeed(Id user, int... posts) {
    List<String> members = new ArrayList<>(List.of("~"));
    Arrays.stream(posts).mapToObj(post -> IDS.of(post).toString()).forEach(members::add);
    assertThat(redis.zrange("feed:{" + user + "}", 0, -1))
        .containsExactlyInAnyOrderElementsOf(members);
  }

  private static void assertArchived(Id user, int... posts) throws Exception {
    String expected =
        Arrays.stream(posts)
            .mapToObj(post -> IDS.of(post).toString())
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(
            Servers.ask(
                stack,
                "select string_agg(post_id::text, ' ' order by post_id) from streams.user_feeds where user_id = '"
                    + user
                    + "'"))
        .isEqualTo(expected);
  }

  private static Configuration options() {
    return RunningFeeds.options(stack);
  }
}
