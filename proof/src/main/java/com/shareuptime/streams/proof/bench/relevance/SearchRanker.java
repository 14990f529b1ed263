package com.shareuptime.streams.proof.bench.relevance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.search.Kind;
import com.shareuptime.streams.cli.search.SearchQuery;
import com.shareuptime.streams.cli.search.SearchServer;
import com.shareuptime.streams.cli.search.Sort;
import com.shareuptime.streams.embedding.MiniLm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Queries as {@code ./streams search} asks them, of one kind. */
record SearchRanker(String name, SearchServer server, Function<SearchQuery, ObjectNode> body)
    implements Ranker {
  /** By the words of the query. */
  static SearchRanker text(SearchServer server) {
    return new SearchRanker("text", server, SearchQuery::body);
  }

  /** By what the query means. */
  static SearchRanker semantic(SearchServer server, MiniLm model) {
    return new SearchRanker("semantic", server, query -> query.semantic(model.embed(query.text())));
  }

  /** By both. */
  static SearchRanker hybrid(SearchServer server, MiniLm model) {
    return new SearchRanker("hybrid", server, query -> query.hybrid(model.embed(query.text())));
  }

  @Override
  public List<Long> rank(String query, int size) {
    ObjectNode asked = body.apply(SearchQuery.of(Sort.RELEVANCE, query, size));
    List<Long> ids = new ArrayList<>();
    for (JsonNode hit : server.search(Kind.POSTS, asked).path("hits").path("hits")) {
      ids.add(hit.path("_source").path("id").asLong());
    }
    return ids;
  }
}
