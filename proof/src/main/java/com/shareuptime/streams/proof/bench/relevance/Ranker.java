package com.shareuptime.streams.proof.bench.relevance;

import java.util.List;

/** A way to answer a query. */
public interface Ranker {
  /** As the report calls it. */
  String name();

  /** Ids of posts, the best first, not more than {@code size}. */
  List<Long> rank(String query, int size);
}
