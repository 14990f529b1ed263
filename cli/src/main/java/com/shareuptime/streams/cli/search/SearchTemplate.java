package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.client.FeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The queries of docs/search-reading.md, as the client has them. A text {@code "${name}"} stands
 * for a whole value, never for a part of one, so nothing that a user types is read as JSON; where
 * there is no value, the field or element goes.
 */
final class SearchTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SearchTemplate() {}

  static JsonNode fill(String name, Map<String, JsonNode> values) {
    return filled(read(name), values);
  }

  static JsonNode read(String name) {
    try (InputStream json = FeedReader.class.getResourceAsStream("search/" + name + ".json")) {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("The query " + name + " cannot be read", e);
    }
  }

  private static JsonNode filled(JsonNode node, Map<String, JsonNode> values) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties()
          .forEach(
              field -> {
                JsonNode value = filled(field.getValue(), values);
                if (!value.isMissingNode()) {
                  object.set(field.getKey(), value);
                }
              });
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = filled(element, values);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    String text = node.asText();
    return node.isTextual() && text.startsWith("${") && text.endsWith("}")
        ? values.getOrDefault(text.substring(2, text.length() - 1), NODES.missingNode())
        : node;
  }
}
