package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountedRows;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import org.jdbi.v3.core.Handle;

/** The limit: what counts, counted by Postgres in a query for each table, on one connection. */
record BareCount(Addresses addresses) {
  private static final String COUNT = "select count(*), sum(n) from (%s) c";

  double seconds() {
    try (Handle handle = ProductDatabase.at(addresses).open()) {
      long begin = System.nanoTime();
      for (CountedView counter : CountedView.CANONICAL) {
        CountedRows rows = new CountedRows(counter, IdKinds.NUMBERS);
        String counts = rows.byTarget(Target.Type.POST, IdCondition.ALL);
        handle.select(COUNT.formatted(counts)).mapTo(long.class).one();
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
