package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.stack.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Counts out of real stores; keys, columns and positions are written by hand as contracts have
 * them.
 */
@Timeout(120)
class CounterReaderIT {
  private static final Target POST = Target.post(Id.of(42));
  private static final Target REEL = Target.reel(Id.of(42));
  private static final Target UNKNOWN = Target.post(Id.of(43));
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Stores stores;

  private CounterReader reader;

  @BeforeAll
  static void start() throws SQLException {
    stores = new Stores("counter_reader");
  }

  @AfterAll
  static void drop() throws SQLException {
    stores.close();
  }

  @BeforeEach
  void counts() throws SQLException {
    stores.empty();
    stores.run("delete from streams.pipeline_progress");
    reader = new CounterReader(stores.postgres, stores.redis);
    stores.redis.hset(
        "counters:{post:42}", Map.of("likes", "5", "comments", "2", "shares", "1", "v", "9"));
    stores.redis.hset("counters:{reel:42}", Map.of("likes", "7", "deleted", "1"));
    stores.run(
        "insert into streams.counters (target_type, target_id, likes_count, comments_count, version)"
            + " values ('post', 42, 4, 2, 8), ('reel', 42, 3, 1, 8)");
  }

  private static Counts likes(long likes, long comments, long shares) {
    return Counts.of(likes, comments, shares);
  }

  @Test
  void manyComeFromRedisInOneRoundTrip() {
    CounterReader.Page page = reader.read(List.of(POST, REEL, UNKNOWN, POST));
    assertThat(page.source()).isEqualTo(CounterReader.Source.REDIS);
    assertThat(page.counts())
        .isEqualTo(Map.of(POST, likes(5, 2, 1), REEL, Counts.ZERO, UNKNOWN, Counts.ZERO));
    assertThat(reader.read(POST).of(CounterKind.LIKES)).isEqualTo(5);
  }

  @Test
  void whileRedisIsAwayPostgresAnswers() throws Exception {
    stores.run(
        "insert into streams.pipeline_progress (surface, visible_lsn) values ('counters.postgres', '0/20')");
    stores.stack().kill(Server.REDIS);
    try {
      CounterReader.Page page = reader.read(List.of(POST, REEL, UNKNOWN));
      assertThat(page.source()).isEqualTo(CounterReader.Source.POSTGRES);
      assertThat(page.counts())
          .isEqualTo(Map.of(POST, likes(4, 2, 0), REEL, likes(3, 1, 0), UNKNOWN, Counts.ZERO));
      assertThat(reader.readAfter(List.of(POST), Lsn.parse("0/20"), LONG))
          .returns(CounterReader.Source.POSTGRES, CounterReader.Page::source)
          .returns(true, CounterReader.Page::isFresh);
    } finally {
      stores.stack().start(Server.REDIS);
    }
  }

  @Test
  void whatIsNoHashIsReadFromPostgres() {
    stores.redis.del("counters:{post:42}");
    stores.redis.set("counters:{post:42}", "odd");
    assertThat(reader.read(List.of(POST)))
        .returns(CounterReader.Source.POSTGRES, CounterReader.Page::source)
        .returns(Map.of(POST, likes(4, 2, 0)), CounterReader.Page::counts);
  }

  @Test
  void aReaderSeesWhatItHasWritten() throws Exception {
    Lsn mine;
    try (Connection connection = stores.postgres.getConnection()) {
      mine = SurfaceWaiter.position(connection);
    }
    assertThat(reader.readAfter(List.of(POST), mine, Duration.ofMillis(50)).isFresh())
        .as("nothing says that Redis has passed it")
        .isFalse();

    CompletableFuture<CounterReader.Page> page =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return reader.readAfter(List.of(POST), mine, LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    stores.redis.hset("counters:{post:42}", "likes", "6");
    stores.redis.hset("progress", "counters.redis", mine.toString());

    assertThat(page.get())
        .returns(true, CounterReader.Page::isFresh)
        .returns(CounterReader.Source.REDIS, CounterReader.Page::source)
        .returns(Map.of(POST, likes(6, 2, 1)), CounterReader.Page::counts);
    assertThat(reader.progress().visible(Surface.COUNTERS_REDIS)).contains(mine);
  }

  @Test
  void idsMayBeUuids() throws Exception {
    Id id = DrawnIds.UUIDS.of(42);
    Target post = Target.post(id);
    try (Stores uuids = new Stores("counter_reader_uuids", Schema.UUIDS)) {
      uuids.redis.hset("counters:{post:" + id + "}", "likes", "5");
      uuids.run(
          "insert into streams.counters (target_type, target_id, likes_count, version) values ('post', '%s', 4, 1)"
              .formatted(id));
      List<Target> asked = List.of(post, Target.reel(id), POST, Target.post(Id.of("x")));
      CounterReader both = new CounterReader(uuids.postgres, uuids.redis);
      assertThat(both.read(asked).counts())
          .containsEntry(post, likes(5, 0, 0))
          .containsEntry(POST, Counts.ZERO);
      CounterReader postgres = new CounterReader(uuids.postgres, null);
      assertThat(postgres.read(asked))
          .returns(CounterReader.Source.POSTGRES, CounterReader.Page::source)
          .returns(
              Map.of(
                  post,
                  likes(4, 0, 0),
                  Target.reel(id),
                  Counts.ZERO,
                  POST,
                  Counts.ZERO,
                  Target.post(Id.of("x")),
                  Counts.ZERO),
              CounterReader.Page::counts);
    }
  }

  /** Redis knows of no progress in Postgres: the table does. */
  @Test
  void progressOfOtherSurfacesIsInTheTable() throws Exception {
    assertThat(reader.progress().visible(Surface.SEARCH_POSTS)).isEmpty();
    stores.run(
        "insert into streams.pipeline_progress (surface, visible_lsn) values ('search.posts', '1/2A')");
    assertThat(reader.progress().visible(Surface.SEARCH_POSTS)).contains(Lsn.parse("1/2A"));
    assertThat(reader.progress().waitFor(Surface.SEARCH_POSTS, Lsn.parse("1/2A"), LONG)).isTrue();
    assertThat(reader.progress().waitFor(Surface.SEARCH_POSTS, Lsn.parse("1/2B"), Duration.ZERO))
        .isFalse();
  }
}
