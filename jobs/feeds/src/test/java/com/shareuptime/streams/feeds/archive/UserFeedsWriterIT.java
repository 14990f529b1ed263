package com.shareuptime.streams.feeds.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.local.stack.Server;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class UserFeedsWriterIT {
  private static final long NOW = micros(Instant.now());

  private final Map<String, Counter> metrics = new HashMap<>();
  private FeedStore store;
  private UserFeedsWriter writer;
  private long offset;

  @BeforeEach
  void open() throws SQLException {
    store = FeedStore.start(Set.of(Server.POSTGRES));
    store.sql("truncate streams.user_feeds");
    writer = writer();
  }

  private UserFeedsWriter writer() {
    var opened = new UserFeedsWriter(store.address(), IdKinds.NUMBERS, Duration.ofDays(90), 4);
    opened.open(
        new UnregisteredMetricsGroup() {
          @Override
          public Counter counter(String name) {
            return metrics.computeIfAbsent(name, any -> new SimpleCounter());
          }
        });
    return opened;
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private Delivery delivery(long post, long at, long... users) {
    return new Delivery(
        new Delivery.Place(0, offset++),
        Id.of(9),
        Ids.of(Id.of(post)),
        new long[] {at},
        Ids.packed(users));
  }

  @Test
  void aRowIsThereOnceHoweverOftenItsDeliveryComes() throws Exception {
    Delivery delivery = delivery(1, NOW, 7, 8);
    assertThat(writer.write(List.of(delivery, delivery(1, NOW, 8, 10)))).isEmpty();
    assertThat(writer.write(List.of(delivery))).isEmpty();
    assertThat(
            store.ask(
                "select string_agg(user_id || ':' || post_id || ':' || author_id, ' ' order by user_id) from streams.user_feeds"))
        .isEqualTo("7:1:9 8:1:9 10:1:9");
    assertThat(metrics.get("insertedRows").getCount()).isEqualTo(3);
    assertThat(metrics.get("repeatedRows").getCount()).isEqualTo(3);
  }

  @Test
  void aPositionKeepsItsMicroseconds() throws Exception {
    long at = NOW / 1000 * 1000 + 457;
    writer.write(List.of(delivery(1, at, 7)));
    assertThat(
            store.ask(
                "select (extract(epoch from inserted_at) * 1000000)::bigint from streams.user_feeds"))
        .isEqualTo(Long.toString(at));
  }

  @Test
  void whatIsOlderThanTheRetentionIsSkippedAndCounted() throws Exception {
    long years = micros(Instant.now().minus(Duration.ofDays(3000)));
    long weeks = micros(Instant.now().minus(Duration.ofDays(89)));
    var back =
        new Delivery(
            new Delivery.Place(0, offset++),
            Id.of(9),
            Ids.of(Id.of(1), Id.of(2), Id.of(3)),
            new long[] {years, weeks, 1},
            Ids.of(Id.of(7), Id.of(8)));
    assertThat(writer.write(List.of(back))).isEmpty();
    assertThat(store.count("post_id = 2")).isEqualTo(2);
    assertThat(store.count("true")).isEqualTo(2);
    assertThat(metrics.get("rowsPastRetention").getCount()).isEqualTo(4);
  }

  @Test
  void aPostFarInTheFutureIsRefusedAndItsCompanyIsWritten() throws Exception {
    long year = micros(Instant.now().plus(Duration.ofDays(365)));
    var delivery =
        new Delivery(
            new Delivery.Place(0, offset++),
            Id.of(9),
            Ids.of(Id.of(1), Id.of(2), Id.of(3)),
            new long[] {NOW, year, Long.MAX_VALUE},
            Ids.of(Id.of(7)));
    var refused = writer.write(List.of(delivery));
    assertThat(refused).hasSize(2);
    assertThat(refused.get(0).value()).isSameAs(delivery);
    assertThat(refused.get(0).detail()).contains("post 2");
    assertThat(writer.write(List.of(delivery))).as("told already").isEmpty();
    assertThat(store.count("post_id = 1")).isEqualTo(1);
    assertThat(store.count("true")).isEqualTo(1);
  }

  @Test
  void moreRowsThanOneStatementTakesAreAllWritten() throws Exception {
    long[] users = LongStream.rangeClosed(1, UserFeedsWriter.ROWS / 2 + 1).toArray();
    List<Delivery> batch = new ArrayList<>();
    for (int post = 1; post <= 5; post++) {
      batch.add(delivery(post, NOW - post * 86_400_000_000L, users));
    }
    writer.write(batch);
    assertThat(store.count("true")).isEqualTo(5L * users.length);
  }

  @Test
  void weeksThatSomebodyDroppedAreMadeAgainByTheNextTry() throws Exception {
    writer.write(List.of(delivery(1, NOW, 7)));
    store.sql(
        "do $$ begin execute (select 'drop table ' || tableoid::regclass from streams.user_feeds limit 1); end $$");
    Delivery next = delivery(2, NOW, 7);
    assertThatThrownBy(() -> writer.write(List.of(next))).isInstanceOf(SQLException.class);
    writer.write(List.of(next));
    assertThat(store.count("post_id = 2")).isEqualTo(1);
  }

  @Test
  void writersOfTheSameRowsInOppositeOrderDoNotDeadlock() throws Exception {
    try (var other = writer()) {
      for (int round = 0; round < 20; round++) {
        long at = NOW - round * 3_600_000_000L;
        List<Delivery> up = new ArrayList<>();
        List<Delivery> down = new ArrayList<>();
        for (int user = 1; user <= 500; user++) {
          up.add(delivery(round, at, user));
          down.add(0, delivery(round, at, user));
        }
        var race =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return other.write(up);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        writer.write(down);
        race.join();
      }
      assertThat(store.count("true")).isEqualTo(10_000);
    }
  }
}
