package com.shareuptime.streams.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Ids in messages of the topic {@code pipeline-control}. */
public final class ControlIds {
  private ControlIds() {}

  /**
   * An id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static long id(JsonNode object, String field) {
    JsonNode id = object.path(field);
    if (!id.canConvertToLong() || id.asLong() <= 0) {
      throw new IllegalArgumentException(field + " '" + id + "' is not a number above 0");
    }
    return id.asLong();
  }
}
