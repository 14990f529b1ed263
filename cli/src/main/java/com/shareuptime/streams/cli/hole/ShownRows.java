package com.shareuptime.streams.cli.hole;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import java.util.List;

/**
 * Whether documents show what a hole lacks: in every index that is written and complete, as another
 * may take the alias over, and also those documents that no reader finds, as they may be shown
 * again.
 *
 * @param sink where the indexes are noted
 */
record ShownRows(OpenSearch openSearch, Database sink) {
  /** Of the documents of one author so many are looked at. */
  private static final int LOOKED_AT = 1_000;

  private static final List<String> AUTHOR = List.of("username", "display_name", "avatar_url");

  private static final String INDEXES =
      """
      select name from streams.search_indexes
      where alias = ? and writer not like 'nobody: %' and visible_lsn is not null
      """;

  boolean show(Hole hole, TableRow row) {
    for (String surface : hole.getSurfaces()) {
      String alias = surface.substring(surface.indexOf('.') + 1);
      for (String index : indexes(alias)) {
        if (!(hole.table().equals("users")
            ? showAuthor(index, row)
            : showText(index, alias, row))) {
          return false;
        }
      }
    }
    return true;
  }

  private List<String> indexes(String alias) {
    List<String> names =
        sink.ask(handle -> handle.select(INDEXES, alias).mapTo(String.class).list());
    return names.isEmpty() ? List.of(alias) : names;
  }

  /** Of what is deleted softly nothing is kept. */
  private boolean showText(String index, String alias, TableRow row) {
    if (row.json().path("is_deleted").asBoolean()) {
      return true;
    }
    String field = alias.equals("posts") ? "content" : "caption";
    JsonNode hits = search(index, "id", row.id(), 1, field);
    return hits.size() == 1
        && hits.get(0).path("_source").path(field).equals(row.json().path("text"));
  }

  private boolean showAuthor(String index, TableRow row) {
    for (JsonNode hit : search(index, "author.id", row.id(), LOOKED_AT, "author")) {
      JsonNode author = hit.path("_source").path("author");
      if (AUTHOR.stream()
          .anyMatch(
              field -> !author.path(field).asText("").equals(row.json().path(field).asText("")))) {
        return false;
      }
    }
    return true;
  }

  private JsonNode search(String index, String field, Id id, int size, String source) {
    String query =
        "{\"size\":%d,\"query\":{\"term\":{\"%s\":%s}},\"_source\":[\"%s\"]}"
            .formatted(size, field, IdJson.node(id), source);
    return openSearch.hits(index + "?ignore_unavailable=true", query);
  }
}
