package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.FeedCheck.Findings;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.traffic.Product;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class FeedCheckIT {
  private static final int OWN_POSTS = 8;

  /** Ten posts at the very same moment. */
  private static final List<String> ROWS =
      List.of(
          "insert into users (username, display_name)"
              + " select 'hand-' || i, '' from generate_series(1, 30) i",
          "insert into follows (follower_id, followee_id, status) select u.id, a.id, case"
              + " a.username when 'hand-3' then 'pending' else 'accepted' end from users u, users a"
              + " where a.username in ('hand-1', 'hand-2', 'hand-3') and u.id <> a.id",
          "insert into posts (author_id, content, visibility, created_at) select a.id, '',"
              + " (array['public', 'followers', 'private'])[1 + i / 3 % 3],"
              + " now() - i / 10 * interval '1 hour'"
              + " from generate_series(1, 150) i join users a on a.username = 'hand-' || 1 + i % 3");

  private Product product;

  @BeforeEach
  void canonicalTables() throws Exception {
    product = Servers.product();
    thirtyUsersWhoFollowTheFirstThree(List.of());
  }

  /**
   * @param renamed what tables and columns are called elsewhere, each after its canonical name
   */
  private void thirtyUsersWhoFollowTheFirstThree(List<String> renamed) throws Exception {
    try (Connection connection = product.addresses().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate public.users cascade");
      statement.execute("select streams.user_feeds_maintain(interval '30 days', 2)");
      for (String sql : ROWS) {
        for (int i = 0; i < renamed.size(); i += 2) {
          sql = sql.replace(renamed.get(i), renamed.get(i + 1));
        }
        statement.execute(sql);
      }
    }
  }

  @AfterEach
  void emptyTheSinks() throws Exception {
    try (Connection connection = product.addresses().connect();
        Statement statement = connection.createStatement();
        Jedis redis = product.addresses().redis()) {
      statement.execute("truncate streams.user_feeds, streams.pipeline_progress");
      statement.execute("truncate public.users cascade");
      redis.flushAll();
    }
  }

  @Test
  void rightFeedsAreFoundRight() throws Exception {
    Findings found = check(Source.REDIS, UnaryOperator.identity(), UnaryOperator.identity());

    assertThat(found.surfaces()).as("%s", found).allMatch(SurfaceResult::isRight);
    assertThat(found.feeds().isRight()).isTrue();
    assertThat(found.feeds().ownPosts()).isEqualTo(OWN_POSTS);
    assertThat(found.feeds().usersWithFeed()).isEqualTo(found.feeds().users());
    assertThat(found.feeds().judgedFromRedis()).isPositive();
    assertThat(found.surfaces())
        .allSatisfy(
            surface -> {
              assertThat(surface.compared()).isGreaterThan(1_000);
              assertThat(surface.measured()).isEqualTo(OWN_POSTS);
            });
  }

  @Test
  void rightFeedsOfUuidsAreFoundRight() throws Exception {
    product = Servers.uuids();
    thirtyUsersWhoFollowTheFirstThree(
        List.of(
            "display_name", "first_name",
            "followee_id", "following_id",
            "author_id", "user_id",
            "visibility", "privacy_level",
            "'followers'", "'friends'"));

    Findings found = check(Source.REDIS, UnaryOperator.identity(), UnaryOperator.identity());

    assertThat(found.surfaces()).as("%s", found).allMatch(SurfaceResult::isRight);
    assertThat(found.feeds().isRight()).isTrue();
    assertThat(found.surfaces())
        .allSatisfy(surface -> assertThat(surface.compared()).isGreaterThan(1_000));
  }

  @Test
  void pagesWithoutTheNewestPostBreakTheirPromises() throws Exception {
    Findings found = check(Source.REDIS, FeedCheckIT::withoutTheNewest, UnaryOperator.identity());

    SurfaceResult redis = found.surfaces().get(0);
    assertThat(redis.missing()).isPositive();
    assertThat(redis.violations())
        .containsEntry(Violation.BROKEN_PROMISE, (long) OWN_POSTS)
        .containsKey(Violation.WRONG_PAGE);
    assertThat(redis.isRight()).isFalse();
    assertThat(found.surfaces().get(1).isRight()).isTrue();
  }

  @Test
  void rowsThatAreNotArchivedAreMissed() throws Exception {
    Findings found = check(Source.REDIS, UnaryOperator.identity(), FeedCheckIT::withoutTheNewest);

    SurfaceResult postgres = found.surfaces().get(1);
    assertThat(postgres.missing()).isPositive();
    assertThat(postgres.violations()).containsKey(Violation.BROKEN_PROMISE);
    assertThat(found.surfaces().get(0).isRight()).isTrue();
  }

  @Test
  void pagesFromSqlAloneProveNothing() throws Exception {
    Findings found = check(Source.SQL, UnaryOperator.identity(), UnaryOperator.identity());

    assertThat(found.surfaces()).allMatch(SurfaceResult::isRight);
    assertThat(found.feeds().isRight()).isFalse();
  }

  private static List<Entry> withoutTheNewest(List<Entry> entries) {
    return entries.subList(Math.min(1, entries.size()), entries.size());
  }

  private Findings check(
      Source source, UnaryOperator<List<Entry>> served, UnaryOperator<List<Entry>> archived)
      throws Exception {
    FeedPages reader =
        (user, after, size) -> new Page(page(served, user, after, size), source, true);
    try (FeedCheck check = new FeedCheck(product, reader, OWN_POSTS);
        Watch watch = new Watch(product, Watch.ledger());
        FeedsByHand feeds = new FeedsByHand(product, archived)) {
      Lsn begin = position();
      await().until(() -> hasPassed(begin));
      check.start(watch);
      watch.awaitWriters();
      Lsn end = position();
      await().until(() -> hasPassed(end));
      watch.close();
      return check.finish(
          watch.pages(),
          position -> {
            await().until(() -> hasPassed(position));
            return true;
          },
          Duration.ofSeconds(3));
    }
  }

  private List<Entry> page(UnaryOperator<List<Entry>> served, Id user, Entry after, int size) {
    try (PostgresSurface postgres = new PostgresSurface(product)) {
      List<Entry> all =
          FeedTruth.entries(
              postgres
                  .ask(handle -> FeedTruth.read(handle, product.kinds(), List.of(user), 200))
                  .get(user));
      return served.apply(all).stream()
          .filter(entry -> entry.isOlderThan(after))
          .limit(size)
          .toList();
    }
  }

  private Lsn position() {
    try (PostgresSurface postgres = new PostgresSurface(product)) {
      return postgres.ask(PostgresSurface::insertPosition);
    }
  }

  private boolean hasPassed(Lsn position) {
    try (PostgresSurface postgres = new PostgresSurface(product)) {
      return FeedCheck.SURFACES.stream()
          .allMatch(surface -> postgres.progressOf(surface).compareTo(position) >= 0);
    }
  }
}
