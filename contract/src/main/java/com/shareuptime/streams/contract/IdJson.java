package com.shareuptime.streams.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;

/** Ids in JSON: numbers as numbers, all others as texts. */
public final class IdJson {
  private IdJson() {}

  /**
   * Reads the number at which a parser stands. What may be another, an {@link IdKind} reads.
   *
   * @throws IOException if it is none
   */
  public static Id read(JsonParser json) throws IOException {
    return Id.of(json.getLongValue());
  }

  /**
   * The number that a node is.
   *
   * @throws IllegalArgumentException if it is none that the product may have given
   */
  public static Id read(JsonNode json) {
    if (!json.canConvertToExactIntegral() || !json.canConvertToLong() || json.asLong() <= 0) {
      throw new IllegalArgumentException("'" + json + "' is not a number above 0");
    }
    return Id.of(json.asLong());
  }

  /**
   * Reads a number or a text, whichever is there: of what is ours, or where no column is compared.
   *
   * @throws IOException if it is neither, or no id
   */
  public static Id readAny(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? IdKind.TEXT.read(json) : read(json);
  }

  /** The same of a node. */
  public static Id readAny(JsonNode json) {
    return json.isTextual() ? IdKind.TEXT.read(json) : read(json);
  }

  public static JsonNode node(Id id) {
    return id.isNumber() ? LongNode.valueOf(id.number()) : TextNode.valueOf(id.toString());
  }

  public static void write(Id id, JsonGenerator json) throws IOException {
    if (id.isNumber()) {
      json.writeNumber(id.number());
    } else {
      json.writeString(id.toString());
    }
  }

  /** Appends an id as JSON. */
  public static void write(Id id, StringBuilder json) {
    if (id.isNumber()) {
      json.append(id.number());
    } else {
      json.append('"');
      JsonStringEncoder.getInstance().quoteAsString(id.toString(), json);
      json.append('"');
    }
  }
}
