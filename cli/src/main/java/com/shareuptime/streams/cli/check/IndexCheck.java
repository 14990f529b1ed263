package com.shareuptime.streams.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.search.SearchIndexes;
import com.shareuptime.streams.cli.server.OpenSearch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the search job and its readers need of OpenSearch. */
final class IndexCheck {
  /** What this build makes indexes with, as their mappings say it; the first build said nothing. */
  static final int VERSION = 2;

  private final OpenSearch openSearch;

  IndexCheck(OpenSearch openSearch) {
    this.openSearch = openSearch;
  }

  /**
   * Examines all.
   *
   * @throws com.shareuptime.streams.contract.CommandException if the cluster is away or refuses
   */
  List<CheckFinding> run() {
    JsonNode settings = openSearch.ask("GET", "/_cluster/settings?include_defaults=true", "");
    return Stream.concat(
            Stream.of(plugin(settings), creation(settings)),
            SearchIndexes.ALIASES.stream().map(this::alias))
        .toList();
  }

  private CheckFinding plugin(JsonNode settings) {
    for (JsonNode plugin : openSearch.ask("GET", "/_cat/plugins?format=json", "")) {
      if (plugin.path("component").asText().contains("knn")) {
        return CheckFinding.ok("opensearch plugins", "k-NN " + plugin.path("version").asText());
      }
    }
    // a node that was started with its plugins on the class path does not list them
    return settings.path("defaults").path("knn").isObject()
        ? CheckFinding.ok("opensearch plugins", "k-NN")
        : CheckFinding.wrong(
            "opensearch plugins",
            "there is no k-NN, which the mappings need",
            "bin/opensearch-plugin install opensearch-knn -- on every node");
  }

  /** Else a write to an index that somebody has deleted makes one with guessed mappings. */
  private static CheckFinding creation(JsonNode settings) {
    String creates = "true";
    for (String kind : List.of("defaults", "persistent", "transient")) {
      creates = settings.path(kind).path("action").path("auto_create_index").asText(creates);
    }
    return creates.equals("false") || creates.contains("-posts_v*") && creates.contains("-reels_v*")
        ? CheckFinding.ok("opensearch index creation", "not by a mere write")
        : CheckFinding.wrong(
            "opensearch index creation",
            "action.auto_create_index is " + creates + ": a write makes a missing index anew",
            "PUT /_cluster/settings"
                + " {\"persistent\":{\"action.auto_create_index\":\"-posts_v*,-reels_v*,+*\"}}");
  }

  private CheckFinding alias(String alias) {
    String what = "opensearch alias " + alias;
    Optional<String> index = openSearch.behind(alias);
    if (index.isEmpty()) {
      return CheckFinding.wrong(what, "is missing", "./streams migrate");
    }
    JsonNode blocks =
        openSearch
            .ask("GET", "/" + index.get() + "/_settings/index.blocks.*", "")
            .at("/" + index.get() + "/settings/index/blocks");
    for (JsonNode block : blocks) {
      if (block.asBoolean()) {
        return CheckFinding.wrong(
            what,
            index.get() + " takes no writes: " + blocks,
            "Free disk space if it is full, then PUT /%s/_settings {\"index.blocks.read_only_allow_delete\":null}"
                .formatted(index.get()));
      }
    }
    return version(index.get()) < VERSION
        ? CheckFinding.warning(
            what,
            index.get() + " is of an earlier build: it finds less",
            "./streams reindex " + alias + " -- readers see no pause")
        : CheckFinding.ok(what, "points to " + index.get());
  }

  private int version(String index) {
    return openSearch
        .ask("GET", "/" + index + "/_mapping", "")
        .at("/" + index + "/mappings/_meta/version")
        .asInt(1);
  }
}
