package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountedTable;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The limit: what counts, counted by Postgres in a query for each table, on one connection. */
record BareCount(Addresses addresses) {
  private static final String COUNT = "select count(*), sum(n) from (%s) c";

  double seconds() throws SQLException {
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement()) {
      long begin = System.nanoTime();
      for (CountedTable table : CountedTable.ALL) {
        String counts = table.byTarget(Target.Type.POST, IdCondition.ALL);
        statement.executeQuery(COUNT.formatted(counts)).close();
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
