package com.shareuptime.streams.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.io.IOException;

/** Ids in JSON, where they are numbers. */
public final class IdJson {
  private IdJson() {}

  /**
   * Reads the id at which a parser stands.
   *
   * @throws IOException if it is none
   */
  public static Id read(JsonParser json) throws IOException {
    return Id.of(json.getLongValue());
  }

  /**
   * The id that a node is.
   *
   * @throws IllegalArgumentException if it is none that the product may have given
   */
  public static Id read(JsonNode json) {
    if (!json.canConvertToExactIntegral() || !json.canConvertToLong() || json.asLong() <= 0) {
      throw new IllegalArgumentException("'" + json + "' is not a number above 0");
    }
    return Id.of(json.asLong());
  }

  public static JsonNode node(Id id) {
    return LongNode.valueOf(id.number());
  }

  public static void write(Id id, JsonGenerator json) throws IOException {
    json.writeNumber(id.number());
  }

  /** Appends an id as JSON. */
  public static void write(Id id, StringBuilder json) {
    json.append(id.number());
  }
}
