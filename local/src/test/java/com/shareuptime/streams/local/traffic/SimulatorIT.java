package com.shareuptime.streams.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.Servers;
import com.shareuptime.streams.local.check.Counts;
import com.shareuptime.streams.local.check.Truth;
import com.shareuptime.streams.local.stack.Server;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulatorIT {
  @Test
  void withoutFaultsTheEventsAddUpToTheRows() throws Exception {
    Addresses addresses = Servers.addresses();
    try (SentEvents events = new SentEvents(addresses.kafkaBootstrap());
        Simulator simulator = simulator(addresses, 0, 5_000, 1, Set.of())) {
      simulator.prepare();
      Truth before = truth(addresses);
      simulator.run();

      assertLikesAndSharesAgree(before, truth(addresses), events.net());
      assertThat(simulator.stats().interactions()).isEqualTo(5_000);
    }
  }

  @Test
  void serversThatAreKilledLoseAndInventNothing() throws Exception {
    Addresses addresses = Servers.addresses();
    try (SentEvents events = new SentEvents(addresses.kafkaBootstrap());
        Simulator simulator = simulator(addresses, 2_000, 9_000, 2, Set.of())) {
      simulator.prepare();
      Truth before = truth(addresses);
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

      assertThat(simulator.stats().retriedTransactions()).isPositive();
      assertLikesAndSharesAgree(before, truth(addresses), events.net());
    }
  }

  @Test
  void withAllFaultsEachIsCountedAndDeletedTargetsAreGone() throws Exception {
    Addresses addresses = Servers.addresses();
    try (Simulator simulator = simulator(addresses, 0, 6_000, 3, EnumSet.allOf(Fault.class))) {
      simulator.prepare();
      simulator.run();

      TrafficStats stats = simulator.stats();
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
                  Fault.SLOW_TRANSACTIONS))
          .allSatisfy(fault -> assertThat(stats.count(fault)).as(fault.label()).isPositive());
      assertThat(stats.badRecords())
          .hasSize(
              (int)
                  (stats.count(Fault.MALFORMED)
                      + stats.count(Fault.OVERSIZED)
                      + stats.count(Fault.FAR_FUTURE)));
      Truth truth = truth(addresses);
      assertThat(simulator.deleted())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(truth.existing().keySet());
      assertThat(truth.existing()).containsKeys(simulator.growing().toArray(new Target[0]));
    }
  }

  @Test
  void aShareThatIsRolledBackMayBeOfAPostThatTheSameBatchDeletes() throws Exception {
    Addresses addresses = Servers.addresses();
    TrafficStats stats = new TrafficStats();
    Ids ids;
    try (Connection connection = addresses.connect()) {
      ids = Ids.reserve(connection);
    }
    Target post = Target.post(ids.post());
    try (EventSender sender = new EventSender(addresses.kafkaBootstrap(), stats);
        Accounts accounts = new Accounts(addresses, new Announcements(sender, stats), stats);
        Lane lane =
            new Lane(
                addresses,
                new Announcements(sender, stats),
                stats,
                Set.of(),
                CommitListener.NONE,
                1)) {
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
              Interactions.unannounced(Change.DELETE_POST, post, 0, 0)));

      assertThat(stats.count(Fault.PHANTOMS)).isEqualTo(1);
      assertThat(stats.count(Fault.TARGET_DELETES)).isEqualTo(1);
      assertThat(truth(addresses).existing()).doesNotContainKey(post);
    }
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
                  new Counts(counts.likes() - was.likes(), 0, counts.shares() - was.shares());
              if (!net.equals(Counts.ZERO)) {
                rows.put(target, net);
              }
            });
    Map<Target, Counts> events = new HashMap<>();
    announced.forEach(
        (target, counts) -> {
          Counts net = new Counts(counts.likes(), 0, counts.shares());
          if (!net.equals(Counts.ZERO)) {
            events.put(target, net);
          }
        });
    assertThat(rows).isNotEmpty().isEqualTo(events);
  }

  private static void awaitInteractions(Simulator simulator, long least) {
    await()
        .atMost(java.time.Duration.ofSeconds(40))
        .until(() -> simulator.stats().interactions() >= least);
  }

  private static Simulator simulator(
      Addresses addresses, int rate, long events, long seed, Set<Fault> faults) throws Exception {
    return new Simulator(
        addresses, new TrafficOptions(rate, events, seed, 1.0, 0.1, faults), CommitListener.NONE);
  }

  private static Truth truth(Addresses addresses) throws Exception {
    try (Connection connection = addresses.connect()) {
      return Truth.read(connection);
    }
  }
}
