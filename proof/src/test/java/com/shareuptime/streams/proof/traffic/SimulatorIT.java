package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.check.Truth;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.text.Names;
import com.shareuptime.streams.proof.traffic.text.Profile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorIT {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutFaultsTheEventsAddUpToTheRows(boolean uuids) throws Exception {
    Product product = uuids ? Servers.uuids() : Servers.product();
    try (SentEvents events = new SentEvents(product);
        Simulator simulator = simulator(product, 0, 5_000, 1, Set.of())) {
      simulator.prepare();
      Truth before = truth(product);
      simulator.run();

      assertLikesAndSharesAgree(before, truth(product), events.net());
      assertThat(simulator.stats().count(TrafficCount.INTERACTIONS)).isEqualTo(5_000);
    }
  }

  @Test
  void serversThatAreKilledLoseAndInventNothing() throws Exception {
    Product product = Servers.product();
    try (SentEvents events = new SentEvents(product);
        Simulator simulator = simulator(product, 2_000, 9_000, 2, Set.of())) {
      simulator.prepare();
      Truth before = truth(product);
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(
              () -> {
                try {
                  simulator.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      awaitInteractions(simulator, 2_000);
      Servers.stack().kill(Server.POSTGRES);
      Servers.stack().start(Server.POSTGRES);
      awaitInteractions(simulator, 5_000);
      Servers.stack().kill(Server.KAFKA);
      Servers.stack().start(Server.KAFKA);
      run.join();

      assertThat(simulator.stats().count(TrafficCount.RETRIED_TRANSACTIONS)).isPositive();
      assertLikesAndSharesAgree(before, truth(product), events.net());
    }
  }

  @Test
  void withAllFaultsEachIsCountedAndDeletedTargetsAreGone() throws Exception {
    Product product = Servers.product();
    try (Simulator simulator = simulator(product, 0, 6_000, 3, EnumSet.allOf(Fault.class))) {
      simulator.prepare();
      simulator.run();

      TrafficStats stats = simulator.stats();
      assertThat(stats.revisions().keySet())
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Revision.values())
                  .filter(revision -> !revision.name().endsWith("_ACCOUNTS"))
                  .map(Revision::label)
                  .toList());
      assertThat(
              Set.of(
                  Fault.LOST,
                  Fault.DUPLICATES,
                  Fault.PHANTOMS,
                  Fault.LATE,
                  Fault.REORDERED,
                  Fault.MALFORMED,
                  Fault.OVERSIZED,
                  Fault.FAR_FUTURE,
                  Fault.USER_DELETES,
                  Fault.SLOW_TRANSACTIONS,
                  Fault.MOVES,
                  Fault.NEW_DATES,
                  Fault.RACES,
                  Fault.ODD_VALUES))
          .allSatisfy(fault -> assertThat(stats.count(fault)).as(fault.label()).isPositive());
      assertThat(stats.badRecords())
          .hasSize(
              (int)
                  (stats.count(Fault.MALFORMED)
                      + stats.count(Fault.OVERSIZED)
                      + stats.count(Fault.FAR_FUTURE)));
      Truth truth = truth(product);
      assertThat(simulator.deleted())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(truth.existing().keySet());
      assertThat(truth.existing()).containsKeys(simulator.growing().toArray(new Target[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "prisma", "rails"})
  void tablesOfAnyShapeAreWritten(String model) throws Exception {
    Product product = Servers.of(model);
    try (Simulator simulator = simulator(product, 0, 4_000, 3, EnumSet.allOf(Fault.class))) {
      simulator.prepare();
      simulator.run();

      Truth truth = truth(product);
      assertThat(simulator.deleted())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(truth.existing().keySet());
      assertThat(truth.existing()).containsKeys(simulator.growing().toArray(new Target[0]));
      assertThat(truth.existing().values()).anyMatch(counts -> !counts.isZero());
    }
  }

  @Test
  void withAllFaultsOnUuidsThoseThatTheTablesAllowAreMade() throws Exception {
    Product product = Servers.uuids();
    try (Simulator simulator = simulator(product, 0, 6_000, 3, EnumSet.allOf(Fault.class))) {
      simulator.prepare();
      simulator.run();

      TrafficStats stats = simulator.stats();
      Set<Fault> made = EnumSet.allOf(Fault.class);
      made.removeIf(fault -> stats.count(fault) == 0);
      assertThat(made).containsExactlyInAnyOrder(Fault.values());
      Set<Revision> revisions = EnumSet.allOf(Revision.class);
      revisions.removeIf(revision -> stats.count(revision) == 0);
      assertThat(revisions)
          .containsExactlyInAnyOrderElementsOf(
              EnumSet.complementOf(EnumSet.of(Revision.DEACTIVATIONS, Revision.REACTIVATIONS)));
      Truth truth = truth(product);
      assertThat(simulator.deleted())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(truth.existing().keySet());
      assertThat(truth.existing())
          .containsKeys(simulator.growing().toArray(new Target[0]))
          .allSatisfy((target, counts) -> assertThat(target.id().isUuid()).isTrue());
    }
  }

  @Test
  void whereTablesAllowItPostsAreUnlistedOrAnswersInNoFeed() throws Exception {
    Product product = Servers.of("mastodon");
    try (Simulator simulator = simulator(product, 0, 6_000, 3, EnumSet.allOf(Fault.class))) {
      simulator.prepare();
      simulator.run();
    }
    List<String> kinds =
        ProductDatabase.ask(
            product.addresses(),
            handle ->
                handle
                    .select(
                        "select distinct visibility || case when in_feeds then '' else ' answer'"
                            + " end from streams_model.posts")
                    .mapTo(String.class)
                    .list());
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "public",
            "unlisted",
            "followers",
            "private",
            "public answer",
            "unlisted answer",
            "followers answer",
            "private answer");
  }

  @Test
  void aShareThatIsRolledBackMayBeOfAPostThatTheSameBatchDeletes() throws Exception {
    Product product = Servers.product();
    TrafficStats stats = new TrafficStats();
    FirstIds ids = reserve(product);
    Target post = Target.post(Id.of(ids.post()));
    Texts texts = new Texts(1, ids);
    try (EventSender sender = new EventSender(product.addresses().kafkaBootstrap(), stats);
        Accounts accounts = new Accounts(backend(product, texts, sender, stats));
        TrafficWorker lane = lane(product, texts, sender, stats)) {
      accounts.create(
          List.of(new Operation.SignUp(ids.user())),
          List.of(new Operation.Publish(post, ids.user())));
      lane.run(
          List.of(
              new Operation.RolledBack(
                  new Interaction(
                      Change.SHARE,
                      post,
                      ids.share(),
                      ids.user(),
                      0,
                      Announcement.plain("phantom-" + ids.share(), Announcement.Style.ISO_TIME))),
              unannounced(Change.DELETE, post, 0, 0)));

      assertThat(stats.count(Fault.PHANTOMS)).isEqualTo(1);
      assertThat(stats.count(Fault.TARGET_DELETES)).isEqualTo(1);
      assertThat(truth(product).existing()).doesNotContainKey(post);
    }
  }

  @Test
  void largeTextsAreStoredOutOfLineAndStayWhenAnotherColumnChanges() throws Exception {
    Product product = Servers.product();
    FirstIds ids = reserve(product);
    Texts texts = new Texts(4, ids);
    TrafficStats stats = new TrafficStats();
    List<Target> large = new ArrayList<>();
    List<Operation.Publish> published = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      for (Target target :
          List.of(Target.reel(Id.of(ids.reel() + i)), Target.post(Id.of(ids.post() + i)))) {
        published.add(new Operation.Publish(target, ids.user()));
        if (Texts.isLarge(target, Texts.FIRST)) {
          large.add(target);
        }
      }
    }
    try (EventSender sender = new EventSender(product.addresses().kafkaBootstrap(), stats);
        Accounts accounts = new Accounts(backend(product, texts, sender, stats));
        TrafficWorker lane = lane(product, texts, sender, stats);
        Connection connection = product.addresses().connect()) {
      accounts.create(List.of(new Operation.SignUp(ids.user())), published);
      Map<Target, Row> before = rows(connection, published);
      List<Operation> touches = new ArrayList<>();
      for (Target target : large) {
        boolean post = target.type() == Target.Type.POST;
        touches.add(unannounced(post ? Change.ATTACH_MEDIA : Change.REPLACE_VIDEO, target, 1, 0));
        touches.add(unannounced(Change.TOUCH, target, 1, 0));
        touches.add(unannounced(Change.LIMIT, target, 1, 0));
      }
      lane.run(touches);
      Map<Target, Row> after = rows(connection, published);

      assertThat(large).as("11 of any thousand in a row").hasSize(22);
      published.forEach(
          publish -> {
            Target target = publish.target();
            Row row = before.get(target);
            assertThat(row.text()).isEqualTo(texts.of(target, Texts.FIRST));
            assertThat(row.chunks() != null).as(target.key()).isEqualTo(large.contains(target));
            assertThat(after.get(target).text()).isEqualTo(row.text());
            // the same chunks: an update that does not write the text does not log it either
            assertThat(after.get(target).chunks()).isEqualTo(row.chunks());
            assertThat(after.get(target).updatedAt().isAfter(row.updatedAt()))
                .isEqualTo(large.contains(target));
          });
      assertThat(before.values())
          .filteredOn(row -> row.text().getBytes(UTF_8).length >= 64 * 1024)
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.storedBytes()).isGreaterThan(16 * 1024));
      assertThat(stats.count(Revision.TOUCHES)).isEqualTo(2 * 22);
      assertThat(stats.count(Revision.VISIBILITIES)).isEqualTo(22);
    }
  }

  @Test
  void anEditSetsTheTextAndTheTimeAndARenameTheName() throws Exception {
    Product product = Servers.product();
    FirstIds ids = reserve(product);
    Texts texts = new Texts(5, ids);
    TrafficStats stats = new TrafficStats();
    List<Operation.Publish> published =
        List.of(
            new Operation.Publish(Target.post(Id.of(ids.post())), ids.user()),
            new Operation.Publish(Target.reel(Id.of(ids.reel())), ids.user() + 1));
    try (EventSender sender = new EventSender(product.addresses().kafkaBootstrap(), stats);
        Accounts accounts = new Accounts(backend(product, texts, sender, stats));
        TrafficWorker lane = lane(product, texts, sender, stats);
        Connection connection = product.addresses().connect()) {
      accounts.create(
          List.of(new Operation.SignUp(ids.user()), new Operation.SignUp(ids.user() + 1)),
          published);
      Map<Target, Row> before = rows(connection, published);
      lane.run(
          List.of(
              unannounced(Change.EDIT, published.get(0).target(), 17, 0),
              unannounced(Change.EDIT, published.get(1).target(), 18, 0)));
      accounts.change(
          List.of(
              new Operation.ChangeProfile(ids.user(), 1, true),
              new Operation.ChangeProfile(ids.user() + 1, 2, false)));
      Map<Target, Row> after = rows(connection, published);

      for (int i = 0; i < 2; i++) {
        Target target = published.get(i).target();
        assertThat(after.get(target).text())
            .isEqualTo(texts.of(target, 17 + i))
            .isNotEqualTo(before.get(target).text());
        assertThat(after.get(target).updatedAt()).isAfter(before.get(target).updatedAt());
      }
      assertThat(profile(connection, ids.user())).isEqualTo(Names.profile(ids.user(), 1));
      Profile kept = Names.profile(ids.user() + 1, 0);
      Profile other = Names.profile(ids.user() + 1, 2);
      assertThat(profile(connection, ids.user() + 1))
          .isEqualTo(
              new Profile(
                  kept.username(), other.displayName(), other.avatarUrl(), other.isVerified()));
      assertThat(stats.count(Revision.EDITS)).isEqualTo(2);
      assertThat(stats.count(Revision.RENAMES)).isEqualTo(1);
      assertThat(stats.count(Revision.PROFILES)).isEqualTo(1);
    }
  }

  /** As stored; the chunks are null if the text lies in its row. */
  private record Row(String text, Long chunks, long storedBytes, Instant updatedAt) {}

  private static Map<Target, Row> rows(Connection connection, List<Operation.Publish> published)
      throws SQLException {
    Map<Target, Row> rows = new HashMap<>();
    for (Operation.Publish publish : published) {
      Target target = publish.target();
      String text = target.type() == Target.Type.POST ? "content" : "caption";
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select %1$s, pg_column_toast_chunk_id(%1$s), pg_column_size(%1$s), updated_at from %2$s where id = ?"
                  .formatted(text, target.type().table()))) {
        statement.setObject(1, target.id().sql());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          rows.put(
              target,
              new Row(
                  row.getString(1),
                  row.getObject(2, Long.class),
                  row.getLong(3),
                  row.getObject(4, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return rows;
  }

  private static Profile profile(Connection connection, long user) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select username, display_name, avatar_url, is_verified from users where id = ?")) {
      statement.setLong(1, user);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Profile(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4));
      }
    }
  }

  private static FirstIds reserve(Product product) {
    return ProductDatabase.ask(
        product.addresses(), handle -> FirstIds.reserve(handle, product.sql()));
  }

  private static TrafficWorker lane(
      Product product, Texts texts, EventSender sender, TrafficStats stats) {
    return new TrafficWorker(
        backend(product, texts, sender, stats), Set.of(), CommitListener.NONE, 1);
  }

  private static Backend backend(
      Product product, Texts texts, EventSender sender, TrafficStats stats) {
    return new Backend(product, texts, new Announcements(sender, stats, product.ids()), stats);
  }

  /** Answers go with the comment that they answer, unannounced, so comments need not add up. */
  private static void assertLikesAndSharesAgree(
      Truth before, Truth after, Map<Target, Counts> announced) {
    Map<Target, Counts> rows = new HashMap<>();
    after
        .existing()
        .forEach(
            (target, counts) -> {
              Counts was = before.existing().getOrDefault(target, Counts.ZERO);
              Counts net =
                  Counts.of(
                      CountedView.CANONICAL,
                      counter ->
                          counter.kind().equals(CounterKind.COMMENTS)
                              ? 0
                              : counts.of(counter) - was.of(counter));
              if (!net.equals(Counts.ZERO)) {
                rows.put(target, net);
              }
            });
    Map<Target, Counts> events = new HashMap<>();
    announced.forEach(
        (target, counts) -> {
          Counts net = counts.plus(CounterKind.COMMENTS, -counts.of(CounterKind.COMMENTS));
          if (!net.equals(Counts.ZERO)) {
            events.put(target, net);
          }
        });
    assertThat(rows).isNotEmpty().isEqualTo(events);
  }

  private static void awaitInteractions(Simulator simulator, long least) {
    await()
        .atMost(java.time.Duration.ofSeconds(40))
        .until(() -> simulator.stats().count(TrafficCount.INTERACTIONS) >= least);
  }

  private static Simulator simulator(
      Product product, int rate, long events, long seed, Set<Fault> faults) throws Exception {
    return new Simulator(
        product, new TrafficOptions(rate, events, seed, 1.0, 0.1, faults), CommitListener.NONE);
  }

  private static Truth truth(Product product) {
    return ProductDatabase.at(product.addresses())
        .withHandle(handle -> Truth.read(handle, product.kinds()));
  }
}
