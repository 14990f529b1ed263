package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.explain.user.Snapshots.Stale;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.TextPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The documents of a user, as readers find them through their alias. */
record AuthorSnapshots(OpenSearch openSearch) {
  /** As many as an index hands out at once. */
  private static final String QUERY =
      """
      {"size":10000,"track_total_hits":true,"_source":["id","author"],"sort":[{"id":"desc"}],
       "query":{"term":{"author.id":%s}}}
      """;

  /**
   * Compares.
   *
   * @param passed whether the alias has passed what the row showed
   */
  Snapshots read(String alias, Id user, Account account, boolean passed) {
    try {
      JsonNode hits =
          openSearch
              .ask("POST", "/" + alias + "/_search", QUERY.formatted(IdJson.node(user)))
              .path("hits");
      List<Stale> stale = new ArrayList<>();
      for (JsonNode hit : hits.path("hits")) {
        String why = difference(hit.path("_source").path("author"), account);
        if (!why.isEmpty()) {
          stale.add(new Stale(IdJson.readAny(hit.path("_source").path("id")), why));
        }
      }
      long documents = hits.path("total").path("value").asLong();
      return new Snapshots(alias, documents, hits.path("hits").size(), stale, passed, null);
    } catch (CommandException e) {
      return Snapshots.away(alias, e.getMessage());
    }
  }

  private static String difference(JsonNode author, Account account) {
    if (!account.active()) {
      return "is found, and must not be";
    }
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> field : new TreeMap<>(account.snapshot()).entrySet()) {
      String found = author.path(field.getKey()).asText("");
      if (!TextPrefix.isShown(found, field.getValue())) {
        differences.add(
            "%s is '%.60s', not '%.60s'".formatted(field.getKey(), found, field.getValue()));
      }
    }
    return String.join("; ", differences);
  }
}
