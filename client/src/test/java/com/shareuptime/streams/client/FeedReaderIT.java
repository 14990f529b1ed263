package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.control.ControlMessage.Rebuild;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.local.stack.Server;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.RedisClient;

@Timeout(300)
class FeedReaderIT {
  private static final int HISTORIES = 150;
  private static final long NEWEST = 1_700_000_000_000_000L;

  private static Stores stores;

  private final List<Rebuild> asked = new ArrayList<>();
  private FeedReader reader;

  @BeforeAll
  static void start() throws SQLException {
    stores = new Stores("feed_reader");
  }

  @AfterAll
  static void drop() throws SQLException {
    stores.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    stores.empty();
    reader =
        FeedReader.builder(stores.postgres).redis(stores.redis).rebuildRequests(asked::add).build();
  }

  private static List<Id> wholeFeed(FeedReader reader, Id user, int size) {
    List<Id> ids = new ArrayList<>();
    Cursor after = Cursor.TOP;
    while (true) {
      FeedPage page = reader.read(user, after, size);
      page.entries().forEach(entry -> ids.add(entry.postId()));
      if (page.next().isEmpty()) {
        return ids;
      }
      assertThat(ids).as("no page comes again").doesNotHaveDuplicates();
      after = reader.cursor(page.next().get().toString());
    }
  }

  @Test
  void theFeedEqualsTheContracts() throws SQLException {
    historiesAreRead(stores, reader);
    assertThat(reader.metrics().snapshot().pages().values()).doesNotContain(0L);
  }

  private static void historiesAreRead(Stores stores, FeedReader reader) throws SQLException {
    HistoryWriter writer = new HistoryWriter(stores);
    ContractFeed contract = new ContractFeed(stores);
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, stores.schema.ids);
      writer.write(history);
      int size = 1 + history.random.nextInt(40);
      assertThat(wholeFeed(reader, history.reader, size))
          .as("seed %d, pages of %d", seed, size)
          .isEqualTo(contract.of(history.reader));
    }
  }

  @Test
  void theFeedEqualsTheContractsWhereIdsAreUuids() throws SQLException {
    try (Stores uuids = new Stores("feed_reader_uuids", Schema.UUIDS)) {
      FeedReader ofUuids = FeedReader.builder(uuids.postgres).redis(uuids.redis).build();
      historiesAreRead(uuids, ofUuids);
      assertThat(ofUuids.metrics().snapshot().pages().values()).doesNotContain(0L);
      assertThat(ofUuids.metrics().snapshot().redisUnavailable()).isZero();

      Id reader = DrawnIds.UUIDS.of(7);
      String upper = reader.toString().toUpperCase(Locale.ROOT);
      assertThat(ofUuids.read(Id.of(upper)).entries()).isEqualTo(ofUuids.read(reader).entries());
      assertThatThrownBy(() -> ofUuids.read(7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'7' is no UUID");
      assertThatThrownBy(() -> ofUuids.cursor("1700000000000000_7"))
          .hasMessageContaining("is no cursor");
    }
  }

  /** User 7 follows 9, who has posts 1 to 100, the highest the newest. */
  private void hundredPosts() throws SQLException {
    stores.run(
        """
        insert into public.users (id, username, display_name)
          values (7, 'seven', ''), (8, 'eight', ''), (9, 'nine', '');
        insert into public.follows (follower_id, followee_id) values (7, 9);
        insert into public.posts (id, author_id, content, created_at)
          select i, 9, 'post ' || i, timestamptz 'epoch' + (1700000000000000 - 100 + i) * interval '1 microsecond'
          from generate_series(1, 100) i;
        insert into streams.counters (target_type, target_id, likes_count, comments_count, shares_count, version)
          values ('post', 100, 5, 3, 1, 1);
        insert into streams.counters (target_type, target_id, likes_count, version, deleted_at)
          values ('post', 99, 8, 1, now());
        """);
  }

  private void push(String key, long from, long to, long mark) {
    LongStream.rangeClosed(from, to)
        .forEach(id -> stores.redis.zadd(key, NEWEST - 100 + id, Long.toString(id)));
    stores.redis.zadd(key, mark, "~");
  }

  private static List<Id> ids(FeedPage page) {
    return page.entries().stream().map(FeedEntry::postId).toList();
  }

  private static List<Id> down(long from, long to) {
    return LongStream.iterate(from, id -> id >= to, id -> id - 1).mapToObj(Id::of).toList();
  }

  @Test
  void aPageSaysWhereEachEntryCameFrom() throws SQLException {
    hundredPosts();
    push("feed:{7}", 91, 100, NEWEST - 10);
    FeedPage page = reader.read(7);
    assertThat(ids(page)).isEqualTo(down(100, 81));
    assertThat(page.source()).isEqualTo(FeedPage.Source.MIXED);
    assertThat(page.entries().get(0))
        .isEqualTo(
            new FeedEntry(
                Id.of(100), Id.of(9), NEWEST, "post 100", Counts.of(5, 3, 1), Origin.PUSH));
    assertThat(page.entries().get(1).likes()).as("of a target that is gone").isZero();
    assertThat(page.entries().get(9).origin()).isEqualTo(Origin.PUSH);
    assertThat(page.entries().get(10).origin()).isEqualTo(Origin.TABLE);
    assertThat(page.completeness().bound()).hasValue(NEWEST - 10);
    assertThat(reader.metrics().snapshot().hitRate()).isEqualTo(0.5);
    assertThat(asked).isEmpty();
  }

  @Test
  void postsOfAnyTimeAreInEveryPage() throws SQLException {
    stores.run(
        """
        insert into public.users (id, username, display_name) values (7, 'seven', ''), (9, 'nine', '');
        insert into public.follows (follower_id, followee_id) values (7, 9);
        insert into public.posts (id, author_id, content, created_at) values
          (1, 9, '', 'infinity'), (2, 9, '', 'infinity'), (3, 9, '', '294276-12-31 23:59:59.999999+00'),
          (4, 9, '', '3000-01-01 00:00:00+00'), (5, 9, '', '2026-01-01 00:00:00+00'),
          (6, 9, '', '1970-01-01 00:00:00+00'), (7, 9, '', '1969-07-20 20:17:40+00'),
          (8, 9, '', '1815-06-18 11:30:00+00'), (9, 9, '', '0001-06-01 00:00:00.000003+00'),
          (10, 9, '', '0001-06-01 00:00:00.000001+00'), (11, 9, '', '0044-03-15 12:00:00+00 BC'),
          (12, 9, '', '4714-11-24 00:00:00+00 BC'), (13, 9, '', '-infinity'), (14, 9, '', '-infinity');
        """);
    List<Id> contract = new ContractFeed(stores).of(Id.of(7));
    assertThat(contract).hasSize(14);
    for (int size = 1; size <= 15; size++) {
      assertThat(wholeFeed(reader, Id.of(7), size))
          .as("tables, pages of %d", size)
          .isEqualTo(contract);
    }
    // as the job writes it: what lies beyond 2255 at the farthest that a score can say, 1970 and
    // before not at all
    double farthest = (1L << 53) - 1;
    for (int id = 1; id <= 4; id++) {
      stores.redis.zadd("feed:{7}", farthest, Integer.toString(id));
    }
    stores.redis.zadd("feed:{7}", 1_767_225_600_000_000d, "5");
    stores.redis.zadd("feed:{7}", 1, "~");
    for (int size = 1; size <= 15; size++) {
      assertThat(wholeFeed(reader, Id.of(7), size))
          .as("Redis, pages of %d", size)
          .isEqualTo(contract);
    }
  }

  @Test
  void aTimelineIsReadForWhoIsPulled() throws SQLException {
    hundredPosts();
    push("feed:{7}", 1, 0, 0);
    stores.redis.sadd("pull:{7}", "9");
    push("timeline:{9}", 1, 100, 0);
    FeedPage page = reader.read(7, new Cursor(NEWEST - 50, Id.of(50)), 10);
    assertThat(ids(page)).isEqualTo(down(49, 40));
    assertThat(page.source()).isEqualTo(FeedPage.Source.REDIS);
    assertThat(page.entries()).allMatch(entry -> entry.origin() == Origin.PULL);
  }

  @Test
  void withoutAFeedTheTablesAnswerAndOneRequestIsMade() throws SQLException {
    hundredPosts();
    for (int i = 0; i < 3; i++) {
      FeedPage page = reader.read(7);
      assertThat(ids(page)).isEqualTo(down(100, 81));
      assertThat(page.source()).isEqualTo(FeedPage.Source.SQL);
      assertThat(page.completeness().state()).isEqualTo(State.NO_FEED);
    }
    assertThat(asked).containsExactly(new RebuildFeed(Id.of(7)));
    assertThat(reader.metrics().snapshot().withoutFeed()).isEqualTo(3);
  }

  @Test
  void withoutATimelineTheTablesAnswerAndTheAuthorsIsAskedFor() throws SQLException {
    hundredPosts();
    push("feed:{7}", 1, 100, 0);
    stores.redis.sadd("pull:{7}", "9");
    stores.redis.zadd("timeline:{9}", NEWEST, "100");
    FeedPage page = reader.read(7);
    assertThat(ids(page)).isEqualTo(down(100, 81));
    assertThat(page.completeness())
        .returns(State.NO_TIMELINE, Completeness::state)
        .returns(List.of(Id.of(9)), Completeness::missing);
    assertThat(asked).containsExactly(new RebuildTimeline(Id.of(9)));
  }

  @Test
  void aFeedThatIsMostlyDeadIsReadThroughAndAskedFor() throws SQLException {
    hundredPosts();
    push("feed:{7}", 1, 100, 0);
    stores.run("update public.posts set is_deleted = true where id > 15");
    FeedPage page = reader.read(7);
    assertThat(ids(page)).isEqualTo(down(15, 1));
    assertThat(page.source()).isEqualTo(FeedPage.Source.REDIS);
    assertThat(page.deadEntries()).isEqualTo(85);
    assertThat(asked).containsExactly(new RebuildFeed(Id.of(7)));
  }

  @Test
  void whileRedisIsAwayTheTablesAnswer() throws SQLException {
    hundredPosts();
    push("feed:{7}", 91, 100, NEWEST - 10);
    stores.stack().kill(Server.REDIS);
    try {
      for (int i = 0; i < 3; i++) {
        FeedPage page = reader.read(7);
        assertThat(ids(page)).isEqualTo(down(100, 81));
        assertThat(page.completeness().state()).isEqualTo(State.UNREACHABLE);
      }
      assertThat(reader.metrics().snapshot().redisUnavailable()).isEqualTo(3);
      assertThat(asked).isEmpty();
    } finally {
      stores.stack().start(Server.REDIS);
    }
  }

  @Test
  void whatIsNoFeedCountsAsRedisAway() throws SQLException {
    hundredPosts();
    stores.redis.set("feed:{7}", "not a zset");
    assertThat(ids(reader.read(7))).isEqualTo(down(100, 81));
    assertThat(reader.metrics().snapshot().redisUnavailable()).isEqualTo(1);
  }

  @Test
  void aReaderWithoutRedisReadsTheTables() throws SQLException {
    hundredPosts();
    FeedPage page = FeedReader.builder(stores.postgres).build().read(7, Cursor.TOP, 100);
    assertThat(ids(page)).isEqualTo(down(100, 1));
    assertThat(page.completeness().state()).isEqualTo(State.UNUSED);
  }

  @Test
  void countersMayBeInAnotherDatabase() throws SQLException {
    hundredPosts();
    try (Stores sink = new Stores("feed_counters")) {
      sink.run(
          "insert into streams.counters (target_type, target_id, likes_count, version)"
              + " values ('post', 100, 40, 1), ('post', 81, 41, 1)");
      push("feed:{7}", 91, 100, NEWEST - 10);
      FeedPage page =
          FeedReader.builder(stores.postgres)
              .counters(sink.postgres)
              .redis(stores.redis)
              .build()
              .read(7);
      assertThat(ids(page)).isEqualTo(down(100, 81));
      assertThat(page.source()).isEqualTo(FeedPage.Source.MIXED);
      assertThat(page.entries().get(0).likes()).isEqualTo(40);
      assertThat(page.entries().get(1).likes()).isZero();
      assertThat(page.entries().get(19).likes()).isEqualTo(41);
    }
  }

  @Test
  void withoutPostgresThereIsNoPageAndTheErrorSaysSo() {
    PGSimpleDataSource nobody = new PGSimpleDataSource();
    nobody.setURL("jdbc:postgresql://127.0.0.1:1/none");
    FeedReader lost = FeedReader.builder(nobody).build();
    assertThatThrownBy(() -> lost.read(7))
        .isInstanceOf(FeedUnavailableException.class)
        .hasMessageContaining("feed of user 7");
    assertThat(lost.metrics().snapshot().failed()).isEqualTo(1);
  }

  @Test
  void anAddressWithoutRedisIsNoReasonToFail() throws SQLException {
    hundredPosts();
    try (RedisClient nobody = RedisClient.create("redis://127.0.0.1:1")) {
      FeedReader alone = FeedReader.builder(stores.postgres).redis(nobody).build();
      assertThat(ids(alone.read(7))).isEqualTo(down(100, 81));
      assertThat(alone.metrics().snapshot().pages())
          .isEqualTo(
              Map.of(
                  FeedPage.Source.REDIS, 0L, FeedPage.Source.MIXED, 0L, FeedPage.Source.SQL, 1L));
    }
  }
}
