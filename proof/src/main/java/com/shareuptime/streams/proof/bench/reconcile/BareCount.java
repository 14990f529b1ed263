package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The limit: what counts, counted by Postgres in three queries of one connection. */
record BareCount(Addresses addresses) {
  private static final String[] COUNTS = {
    "select count(*), sum(n) from (select target_id, count(*) as n from public.likes"
        + " where target_type = 'post' group by 1) c",
    "select count(*), sum(n) from (select target_id, count(*) as n from public.comments"
        + " where target_type = 'post' and not is_deleted group by 1) c",
    "select count(*), sum(n) from (select post_id, count(*) as n from public.shares group by 1) c"
  };

  double seconds() throws SQLException {
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement()) {
      long begin = System.nanoTime();
      for (String count : COUNTS) {
        statement.executeQuery(count).close();
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
