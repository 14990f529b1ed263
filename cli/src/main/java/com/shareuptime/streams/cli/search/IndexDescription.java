package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.CounterKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an index is made with.
 *
 * @param json its settings and mappings, without aliases: those come with {@link SearchIndexes}
 */
record IndexDescription(String json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode COUNT = JSON.createObjectNode().put("type", "long");

  /** As this build has it, and a field for each counter. */
  static IndexDescription ofBuild(String alias) {
    try (InputStream json =
        IndexDescription.class.getResourceAsStream("/opensearch/" + alias + ".json")) {
      ObjectNode all = (ObjectNode) JSON.readTree(json);
      ObjectNode fields = all.withObject("/mappings/properties");
      fields.setAll(countsBeside(fields));
      return of(all);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what the index of " + alias + " is like", e);
    }
  }

  /** As an operator has written it. */
  static IndexDescription ofFile(Path file, String alias) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (json == null || !json.path("mappings").isObject()) {
        throw CommandException.usage(
            file + " has no object `mappings`.",
            "Begin with a copy of contract/src/main/resources/opensearch/" + alias + ".json.");
      }
      return of(json);
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot read " + file + ": " + e.getMessage(), "Give a file with a JSON object.");
    }
  }

  /** The field of each counter that these fields of an index lack; empty if of none. */
  static ObjectNode countsBeside(JsonNode fields) {
    ObjectNode lacking = JSON.createObjectNode();
    CounterKind.ALL.stream()
        .map(CounterKind::column)
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
