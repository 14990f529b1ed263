package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of a check that judges counters, in Postgres and in Redis. */
final class CounterCheck {
  static final List<String> SURFACES = List.of(PostgresSurface.NAME, RedisSurface.NAME);

  private static final long POLL_MILLIS = 40;

  private CounterCheck() {}

  /** A reader of each surface, not started yet. */
  static List<Watcher> watchers(Product product, GrowthLedger ledger, List<Target> growing)
      throws InterruptedException {
    List<Target> others =
        new ArrayList<>(
            PostgresSurface.await(product, handle -> Truth.read(handle, product.kinds()))
                .existing()
                .keySet());
    others.removeAll(growing);
    List<Watcher> watchers = new ArrayList<>();
    for (CounterSurface surface :
        List.of(new PostgresSurface(product), new RedisSurface(product))) {
      watchers.add(
          new Watcher(surface, product.kinds().counters(), ledger, growing, others, POLL_MILLIS));
    }
    return watchers;
  }

  /**
   * Both surfaces against the tables.
   *
   * @param deleted targets known to have been hard-deleted
   */
  static Map<String, Differences> compare(Product product, Set<Target> deleted)
      throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product);
        RedisSurface redis = new RedisSurface(product)) {
      Truth truth = postgres.await(handle -> Truth.read(handle, product.kinds()));
      Map<String, Differences> found = new LinkedHashMap<>();
      for (CounterSurface surface : List.of(postgres, redis)) {
        Map<Target, Served> served = Retry.whileAway(surface::readAll);
        found.put(surface.name(), CounterComparison.of(truth, deleted, served));
      }
      return found;
    }
  }
}
