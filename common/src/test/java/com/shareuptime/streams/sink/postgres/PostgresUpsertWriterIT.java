package com.shareuptime.streams.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.Item;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.OlderCopy;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.SinkHarness;
import com.shareuptime.streams.sink.StoreMark;
import com.shareuptime.streams.sink.postgres.UpsertTable.Column;
import com.shareuptime.streams.version.PostgresRunNumbers;
import com.shareuptime.streams.version.RunNumbers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresUpsertWriterIT {
  private static final UpsertTable COUNTERS =
      new UpsertTable(
          "streams.counters",
          List.of(
              new Column("target_type", ColumnType.TEXT),
              new Column("target_id", ColumnType.BIGINT)),
          List.of(
              new Column("likes_count", ColumnType.BIGINT),
              new Column("version", ColumnType.BIGINT),
              new Column("updated_at", ColumnType.TIMESTAMP_MICROS),
              new Column("deleted_at", ColumnType.TIMESTAMP_MICROS)),
          "version");
  private static final long MICROS = 1_764_028_805_123_457L;

  private LocalStack stack;
  private PostgresUpsertWriter<Item> writer;

  @BeforeEach
  void open() throws SQLException {
    stack = Servers.postgres();
    Servers.sql(stack, "truncate streams.counters");
    writer = writer();
  }

  private PostgresUpsertWriter<Item> writer() {
    var opened =
        new PostgresUpsertWriter<Item>(
            Servers.postgresAddress(stack),
            COUNTERS,
            item -> {
              String type = item.key().substring(0, item.key().indexOf(':'));
              long id = Long.parseLong(item.key().substring(type.length() + 1));
              return new Object[] {
                type, id, item.value(), item.version(), MICROS, item.value() < 0 ? MICROS : null
              };
            });
    opened.open(new UnregisteredMetricsGroup());
    return opened;
  }

  @AfterEach
  void close() {
    writer.close();
    stack.start(Set.of(Server.POSTGRES));
  }

  private String likes(String key) throws SQLException {
    return Servers.ask(
        stack,
        "select likes_count from streams.counters where target_type || ':' || target_id = '"
            + key
            + "'");
  }

  @Test
  void anOlderVersionNeverOverwritesANewerOne() throws Exception {
    writer.write(List.of(new Item("post:1", Long.MAX_VALUE - 1, 5), new Item("post:2", 1, 1)));
    writer.write(List.of(new Item("post:1", Long.MAX_VALUE - 2, 4), new Item("post:2", 2, 2)));
    assertThat(likes("post:1")).isEqualTo("5");
    assertThat(likes("post:2")).isEqualTo("2");
  }

  @Test
  void timesKeepTheirMicrosecondsAndNullsStayNull() throws Exception {
    writer.write(List.of(new Item("post:1", 1, 1), new Item("post:2", 1, -1)));
    String same = "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    String expected = Instant.EPOCH.plusNanos(MICROS * 1000).toString();
    assertThat(
            Servers.ask(
                stack,
                "select "
                    + same.formatted("updated_at")
                    + " from streams.counters where target_id = 1"))
        .isEqualTo(expected);
    assertThat(
            Servers.ask(
                stack,
                "select "
                    + same.formatted("deleted_at")
                    + " from streams.counters where target_id = 2"))
        .isEqualTo(expected);
    assertThat(Servers.ask(stack, "select deleted_at from streams.counters where target_id = 1"))
        .isNull();
  }

  @Test
  void rowsThatPostgresRefusesAreFoundAndTheRestIsWritten() throws Exception {
    List<Item> batch = new ArrayList<>();
    for (int id = 0; id < 100; id++) {
      batch.add(new Item((id % 33 == 7 ? "po\0st:" : "post:") + id, 1, id));
    }
    var rejections = writer.write(batch);
    assertThat(rejections)
        .extracting(rejection -> rejection.value().value())
        .containsExactlyInAnyOrder(7L, 40L, 73L);
    assertThat(rejections.get(0).detail()).contains("UTF8");
    assertThat(Servers.ask(stack, "select count(*) from streams.counters")).isEqualTo("97");
  }

  @Test
  void aMissingTableIsAnOutageAndNoRefusal() throws Exception {
    Servers.sql(stack, "alter table streams.counters rename to elsewhere");
    try {
      assertThatThrownBy(() -> writer.write(List.of(new Item("post:1", 1, 1))))
          .isInstanceOf(SQLException.class);
    } finally {
      Servers.sql(stack, "alter table streams.elsewhere rename to counters");
    }
    assertThat(writer.write(List.of(new Item("post:1", 1, 1)))).isEmpty();
    assertThat(likes("post:1")).isEqualTo("1");
  }

  @Test
  void writersOfTheSameRowsInOppositeOrderDoNotDeadlock() throws Exception {
    try (var other = writer()) {
      List<Item> up = new ArrayList<>();
      List<Item> down = new ArrayList<>();
      for (int version = 1; version <= 40; version++) {
        up.clear();
        down.clear();
        for (int id = 0; id < 500; id++) {
          up.add(new Item("post:" + id, version, version));
          down.add(0, new Item("post:" + id, version, version));
        }
        var first = List.copyOf(up);
        var race =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return other.write(first);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        writer.write(List.copyOf(down));
        race.join();
      }
      assertThat(Servers.ask(stack, "select count(*) from streams.counters where likes_count = 40"))
          .isEqualTo("500");
    }
  }

  private static final String SURFACE = "test.postgres";

  private PostgresUpsertWriter<Item> marked(List<StoreMark> checkpoint) {
    var marked =
        new PostgresUpsertWriter<Item>(
            Servers.postgresAddress(stack),
            COUNTERS,
            item ->
                new Object[] {
                  "post", Long.parseLong(item.key()), item.value(), item.version(), MICROS, null
                },
            SURFACE,
            new AllWrittenAgain(Servers.postgresAddress(stack), SURFACE));
    marked.restore(checkpoint);
    marked.open(new UnregisteredMetricsGroup());
    return marked;
  }

  private static void untilItSucceeds(PostgresUpsertWriter<Item> to, List<Item> batch) {
    await()
        .ignoreExceptionsMatching(error -> !(error instanceof LostWrites.AllMustBeWritten))
        .until(
            () -> {
              to.write(batch);
              return true;
            });
  }

  @Test
  void anOlderCopyIsSentWhatIsRemembered(@TempDir Path folder) throws Exception {
    var marked = marked(List.of());
    marked.write(List.of(new Item("1", 1, 1)));
    OlderCopy copy = OlderCopy.of(stack, Server.POSTGRES, folder);
    untilItSucceeds(marked, List.of(new Item("1", 2, 2)));
    copy.putBack();
    untilItSucceeds(marked, List.of());
    assertThat(likes("post:1")).isEqualTo("2");
    assertThat(marked.lacksWrites()).isFalse();
    marked.close();
  }

  @Test
  void whatAnOlderCopyLacksHasAllWrittenAgainOnce(@TempDir Path folder) throws Exception {
    RunNumbers numbers = new PostgresRunNumbers(Servers.postgresAddress(stack));
    var marked = marked(List.of());
    marked.write(List.of(new Item("1", 1, 1)));
    OlderCopy copy = OlderCopy.of(stack, Server.POSTGRES, folder);
    untilItSucceeds(marked, List.of(new Item("1", 2, 2)));
    List<StoreMark> checkpoint = marked.marks();
    marked.close();
    copy.putBack();
    String before = numbers.losses("test");
    assertThat(numbers.losses("tes")).isEqualTo("");

    try (var next = marked(checkpoint)) {
      assertThat(next.lacksWrites()).isTrue();
      assertThatThrownBy(() -> next.write(List.of()))
          .isInstanceOf(LostWrites.AllMustBeWritten.class);
      assertThat(next.lacksWrites()).isTrue();
    }
    assertThat(numbers.losses("test")).isNotEqualTo(before);
    try (var restarted = marked(checkpoint)) {
      restarted.write(List.of(new Item("1", 3, 3)));
      assertThat(restarted.lacksWrites()).isFalse();
    }
    assertThat(likes("post:1")).isEqualTo("3");
  }

  @Test
  void closeEndsAStatementThatWaits() throws Exception {
    writer.write(List.of(new Item("post:1", 1, 1)));
    try (var blocker = Servers.postgresAddress(stack).connect();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table streams.counters in access exclusive mode");
      var waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return writer.write(List.of(new Item("post:1", 2, 2)));
                } catch (Exception e) {
                  return null;
                }
              });
      await()
          .until(
              () ->
                  !"0"
                      .equals(
                          Servers.ask(
                              stack,
                              "select count(*) from pg_locks where not granted and locktype = 'relation'")));
      long start = System.nanoTime();
      writer.close();
      assertThat(waiting.join()).isNull();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      blocker.rollback();
    }
  }

  @Test
  void theLastValuesAreThereAfterPostgresWasKilledInTheMiddle() throws Exception {
    try (var sink = new SinkHarness(writer(), SinkHarness.options(), null)) {
      for (int round = 1; round <= 60; round++) {
        for (int id = 0; id < 50; id++) {
          sink.put("post:" + id, round, round * 1000L + id);
        }
        sink.watermark(round);
        sink.passInterval();
        if (round == 20) {
          stack.kill(Server.POSTGRES);
        }
        if (round == 25) {
          sink.snapshot();
        }
        if (round == 40) {
          assertThat(sink.watermarks())
              .as("nothing is claimed while Postgres is away")
              .allMatch(mark -> mark <= 20);
          stack.start(Server.POSTGRES);
        }
      }
      sink.finish();
      assertThat(sink.watermarks()).endsWith(60L);
      assertThat(
              Servers.ask(
                  stack,
                  "select count(*) from streams.counters where likes_count = 60000 + target_id"))
          .isEqualTo("50");
    }
  }
}
