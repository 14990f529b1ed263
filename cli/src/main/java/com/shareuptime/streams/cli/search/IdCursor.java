package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.server.OpenSearch;

/** The ids of all documents that readers may find in an index, in their order, page by page. */
final class IdCursor {
  private static final int PAGE = 10_000;
  private static final String QUERY =
      "{\"size\":%d,\"_source\":false,\"track_total_hits\":false,\"query\":{\"term\":{\"hidden\":false}},"
          + "\"sort\":[{\"id\":\"asc\"}],\"search_after\":[%d]}";

  private final OpenSearch openSearch;
  private final String index;
  private long[] page = {};
  private int at;
  private boolean last;
  private long current;

  IdCursor(OpenSearch openSearch, String index) {
    this.openSearch = openSearch;
    this.index = index;
  }

  /** Moves on; returns false at the end, where {@link #id} is above any. */
  boolean next() {
    if (at == page.length && !last) {
      read();
    }
    if (at == page.length) {
      current = Long.MAX_VALUE;
      return false;
    }
    current = page[at++];
    return true;
  }

  long id() {
    return current;
  }

  private void read() {
    JsonNode hits = openSearch.hits(index, QUERY.formatted(PAGE, current));
    page = new long[hits.size()];
    at = 0;
    for (int i = 0; i < page.length; i++) {
      page[i] = hits.get(i).path("sort").get(0).asLong();
    }
    last = page.length < PAGE;
  }
}
