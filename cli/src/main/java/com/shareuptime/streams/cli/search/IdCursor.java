package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Ids;

/** The ids of all documents that readers may find in an index, in their order, page by page. */
final class IdCursor {
  private static final int PAGE = 10_000;
  private static final String QUERY =
      "{\"size\":%d,\"_source\":false,\"track_total_hits\":false,\"query\":{\"term\":{\"hidden\":false}},"
          + "\"sort\":[{\"id\":\"asc\"}]%s}";

  private final OpenSearch openSearch;
  private final String index;
  private Ids page = Ids.NONE;
  private int at;
  private boolean last;
  private Id current = Id.LOWEST;

  IdCursor(OpenSearch openSearch, String index) {
    this.openSearch = openSearch;
    this.index = index;
  }

  /** Moves on; returns false at the end, where {@link #id} is above any. */
  boolean next() {
    if (at == page.size() && !last) {
      read();
    }
    if (at == page.size()) {
      current = Id.HIGHEST;
      return false;
    }
    current = page.get(at++);
    return true;
  }

  Id id() {
    return current;
  }

  private void read() {
    String after =
        current.equals(Id.LOWEST) ? "" : ",\"search_after\":[" + IdJson.node(current) + "]";
    JsonNode hits = openSearch.hits(index, QUERY.formatted(PAGE, after));
    Ids.Builder read = new Ids.Builder();
    hits.forEach(hit -> read.add(IdJson.readAny(hit.path("sort").path(0))));
    page = read.build();
    at = 0;
    last = page.size() < PAGE;
  }
}
