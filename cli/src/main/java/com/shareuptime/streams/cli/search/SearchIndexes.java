package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first index behind each alias that readers of search name, made as this build describes it.
 * Safe to repeat: an alias that is there is left alone.
 */
public final class SearchIndexes {
  /** What readers name. */
  public static final List<String> ALIASES = List.of("posts", "reels");

  /** The run that writes where no reindex has just been. */
  static final String RUN = "search";

  private static final String REMOVE =
      "{\"remove\":{\"index\":\"%s\",\"alias\":\"%s\",\"must_exist\":true}},";

  private static final String ADD =
      "{\"add\":{\"index\":\"%s\",\"alias\":\"%s\",\"filter\":{\"term\":{\"hidden\":false}}}}";

  private final OpenSearch openSearch;
  private final IndexRegistry registry;

  private SearchIndexes(OpenSearch openSearch, IndexRegistry registry) {
    this.openSearch = openSearch;
    this.registry = registry;
  }

  /**
   * Makes those of the cluster that the settings name, if they name one.
   *
   * @return what was made, a line each
   * @throws com.shareuptime.streams.contract.CommandException if a server is away or refuses
   */
  public static List<String> apply(Settings settings) {
    Optional<OpenSearch> openSearch = OpenSearch.of(settings);
    if (openSearch.isEmpty()) {
      return List.of();
    }
    try (IndexRegistry registry = IndexRegistry.open(Database.sink(settings))) {
      return new SearchIndexes(openSearch.get(), registry).apply();
    }
  }

  private List<String> apply() {
    List<String> made = new ArrayList<>();
    for (String alias : ALIASES) {
      Optional<String> served = openSearch.behind(alias);
      String index = served.orElseGet(() -> writtenOr(alias, alias + "_v1"));
      if (served.isEmpty()) {
        IndexDescription description = IndexDescription.ofBuild(alias, registry.idKinds());
        if (!openSearch.exists("/" + index)) {
          openSearch.ask("PUT", "/" + index, description.json());
        }
        point(openSearch, alias, Optional.empty(), index);
        made.add("created index " + index + " behind the alias " + alias);
      }
      registry.first(index, alias, RUN);
      addCounts(alias, index, made);
    }
    return made;
  }

  /** A counter that is newer than the index gets its field; what was written before lacks it. */
  private void addCounts(String alias, String index, List<String> made) {
    JsonNode fields =
        openSearch
            .ask("GET", "/" + index + "/_mapping", "")
            .at("/" + index + "/mappings/properties");
    ObjectNode lacking =
        IndexDescription.countsBeside(
            fields, registry.idKinds().countersOf(IndexDescription.type(alias)));
    if (!lacking.isEmpty()) {
      openSearch.ask("PUT", "/" + index + "/_mapping", "{\"properties\":" + lacking + "}");
      lacking
          .fieldNames()
          .forEachRemaining(field -> made.add("added field " + field + " to index " + index));
    }
  }

  /** Of an index that is gone the job still writes the name: after a reindex not the first one. */
  private String writtenOr(String alias, String first) {
    return registry.of(alias).stream()
        .filter(row -> row.writer().equals(RUN))
        .map(IndexRow::name)
        .findFirst()
        .orElse(first);
  }

  /**
   * Points an alias to an index, in one step: a search finds all of one or all of the other. It
   * hides deleted documents, and those of authors who are away.
   *
   * @param from where the alias points now; fails if that is no longer so
   */
  static void point(OpenSearch openSearch, String alias, Optional<String> from, String to) {
    String remove = from.map(index -> REMOVE.formatted(index, alias)).orElse("");
    JsonNode unused =
        openSearch.ask(
            "POST", "/_aliases", "{\"actions\":[" + remove + ADD.formatted(to, alias) + "]}");
  }
}
