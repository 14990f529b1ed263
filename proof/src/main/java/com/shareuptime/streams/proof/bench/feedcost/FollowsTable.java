package com.shareuptime.streams.proof.bench.feedcost;

import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The graph that is in the product's table {@code follows}. Reads it twice in whole, without locks:
 * on a large table better from a replica.
 *
 * @param jdbcUrl with user and password
 */
record FollowsTable(String jdbcUrl) {
  private static final String HISTOGRAM =
      "select ends, count(*) from (select count(*) as ends from follows"
          + " where status = 'accepted' group by %s) as each group by ends";

  FollowGraph graph() {
    try (Handle handle = Jdbi.open(jdbcUrl)) {
      SortedMap<Integer, Long> authors = histogram(handle, "followee_id");
      if (authors.isEmpty()) {
        throw new IllegalArgumentException("The table follows has no accepted row.");
      }
      return new FollowGraph(authors, histogram(handle, "follower_id"));
    }
  }

  private static SortedMap<Integer, Long> histogram(Handle handle, String end) {
    return new TreeMap<>(
        ProductDatabase.pairs(handle.select(HISTOGRAM.formatted(end)), Integer.class, Long.class));
  }
}
