package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.search.DocumentIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an index is made with.
 *
 * @param json its settings and mappings, without aliases: those come with {@link SearchIndexes}
 */
record IndexDescription(String json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode COUNT = JSON.createObjectNode().put("type", "long");

  /** As this build has it, with ids of these kinds, and a field for each counter. */
  static IndexDescription ofBuild(String alias, IdKinds kinds) {
    ObjectNode all = DocumentIndex.of(type(alias), kinds);
    ObjectNode fields = all.withObject("/mappings/properties");
    fields.setAll(countsBeside(fields, kinds.countersOf(type(alias))));
    return of(all);
  }

  static Target.Type type(String alias) {
    return Target.Type.DOCUMENTS.stream()
        .filter(type -> type.table().equals(alias))
        .findFirst()
        .orElseThrow();
  }

  /** As an operator has written it, but for ids: what these are, the product decides. */
  static IndexDescription ofFile(Path file, String alias, IdKinds kinds) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (json == null || !json.path("mappings").isObject()) {
        throw CommandException.usage(
            file + " has no object `mappings`.",
            "Begin with a copy of contract/src/main/resources/opensearch/" + alias + ".json.");
      }
      return of(DocumentIndex.withIds((ObjectNode) json, type(alias), kinds));
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot read " + file + ": " + e.getMessage(), "Give a file with a JSON object.");
    }
  }

  /** The field of each of these counters that fields of an index lack; empty if of none. */
  static ObjectNode countsBeside(JsonNode fields, List<CountedView> counters) {
    ObjectNode lacking = JSON.createObjectNode();
    counters.stream()
        .map(CountedView::column)
        .filter(column -> !fields.has(column))
        .forEach(column -> lacking.set(column, COUNT));
    return lacking;
  }

  private static IndexDescription of(JsonNode json) {
    ObjectNode all = json.deepCopy();
    all.remove("aliases");
    return new IndexDescription(all.toString());
  }
}
