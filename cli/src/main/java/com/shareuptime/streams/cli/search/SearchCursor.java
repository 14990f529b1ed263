package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page ended: the next one begins behind it. Its text is fit for a URL.
 *
 * @param now of the first page: the same on all, so that age weighs the same
 * @param rank the last hit's score, or its {@code created_at} where the newest come first. The
 *     latter as a text: an index of an earlier build sorts by nanoseconds, which JavaScript cannot
 *     hold
 * @param id of the last hit
 */
record SearchCursor(Sort sort, Instant now, JsonNode rank, Id id) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Behind a hit. */
  static SearchCursor behind(JsonNode hit, Sort sort, Instant now) {
    JsonNode source = hit.path("_source");
    JsonNode rank = sort == Sort.NEW ? source.path("created_at") : hit.path("sort").path(0);
    return new SearchCursor(sort, now, rank, IdJson.readAny(source.path("id")));
  }

  /**
   * @throws CommandException if it is none, or one of another order
   */
  static SearchCursor parse(String text, Sort sort) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      JsonNode parts = JSON.readTree(json);
      JsonNode rank = parts.path(2);
      if (!parts.path(0).asText().equals(sort.toString())) {
        throw new IllegalArgumentException("of another order");
      }
      if (sort == Sort.NEW) {
        Instant.parse(rank.asText());
      } else if (!rank.isNumber()) {
        throw new IllegalArgumentException("without a score");
      }
      return new SearchCursor(
          sort, Instant.parse(parts.path(1).asText()), rank, IdJson.readAny(parts.path(3)));
    } catch (IllegalArgumentException | IOException | DateTimeException e) {
      throw CommandException.usage(
          "--after has no cursor of a page with --sort %s.".formatted(sort),
          "Give the cursor that the page before printed, with the same text and options.");
    }
  }

  /** As OpenSearch takes it. */
  ArrayNode after() {
    return JsonNodeFactory.instance.arrayNode().add(rank).add(IdJson.node(id));
  }

  @Override
  public String toString() {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    parts.add(sort.toString()).add(now.toString()).add(rank).add(IdJson.node(id));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(parts.toString().getBytes(StandardCharsets.UTF_8));
  }
}
