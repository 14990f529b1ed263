package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The part of a check that judges counters, in Postgres and in Redis. */
final class CounterCheck {
  static final List<String> SURFACES = List.of(PostgresSurface.NAME, RedisSurface.NAME);

  private static final long POLL_MILLIS = 40;

  private CounterCheck() {}

  /** A reader of each surface, not started yet. */
  static List<Watcher> watchers(Addresses addresses, GrowthLedger ledger, List<Target> growing)
      throws InterruptedException {
    List<Target> others = new ArrayList<>();
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      others.addAll(Retry.whileAway(() -> postgres.ask(Truth::read)).existing().keySet());
    }
    others.removeAll(growing);
    List<Watcher> watchers = new ArrayList<>();
    for (CounterSurface surface :
        List.of(new PostgresSurface(addresses), new RedisSurface(addresses))) {
      watchers.add(new Watcher(surface, ledger, growing, others, POLL_MILLIS));
    }
    return watchers;
  }

  /**
   * Both surfaces against the tables.
   *
   * @param deleted targets known to have been hard-deleted
   */
  static List<SurfaceComparison> compare(Addresses addresses, Set<Target> deleted)
      throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(addresses);
        RedisSurface redis = new RedisSurface(addresses)) {
      Truth truth = Retry.whileAway(() -> postgres.ask(Truth::read));
      List<SurfaceComparison> comparisons = new ArrayList<>();
      for (CounterSurface surface : List.of(postgres, redis)) {
        comparisons.add(
            SurfaceComparison.of(
                surface.name(), truth, deleted, Retry.whileAway(surface::readAll)));
      }
      return comparisons;
    }
  }
}
