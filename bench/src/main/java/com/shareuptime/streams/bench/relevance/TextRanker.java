package com.shareuptime.streams.bench.relevance;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.search.Kind;
import com.shareuptime.streams.cli.search.SearchQuery;
import com.shareuptime.streams.cli.search.SearchServer;
import com.shareuptime.streams.cli.search.Sort;
import java.util.ArrayList;
import java.util.List;

/** The words of the query, as {@code ./streams search} looks for them. */
final class TextRanker implements Ranker {
  private final SearchServer server;

  TextRanker(SearchServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public List<Long> rank(String query, int size) {
    JsonNode answer = server.search(Kind.POSTS, SearchQuery.of(Sort.RELEVANCE, query, size).body());
    List<Long> ids = new ArrayList<>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      ids.add(hit.path("_source").path("id").asLong());
    }
    return ids;
  }
}
