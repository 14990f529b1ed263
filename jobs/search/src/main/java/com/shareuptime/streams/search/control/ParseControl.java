package com.shareuptime.streams.search.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.Reading;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads {@code {"job": "search", "action": "refresh", "target": "post", "target_id": 42}}: write
 * this document again.
 */
public final class ParseControl extends ControlFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  private final EnumSet<DocumentType> types;

  /**
   * @param job whose messages are read
   * @param types of the documents that it has
   */
  public ParseControl(String job, Set<DocumentType> types) {
    super(job);
    this.types = EnumSet.copyOf(types);
  }

  @Override
  protected void act(JsonNode message, Reading<DocumentInput> reading) {
    String action = message.path("action").asText();
    if (!action.equals("refresh")) {
      throw new IllegalArgumentException("action '" + action + "' is not 'refresh'");
    }
    JsonNode id = message.path("target_id");
    if (!id.canConvertToLong() || id.asLong() <= 0) {
      throw new IllegalArgumentException("target_id '" + id + "' is not a number above 0");
    }
    DocumentType type = DocumentType.ofTarget(message.path("target").asText());
    if (types.contains(type)) {
      reading.collect(new DocumentInput.Refresh(new DocumentKey(type, id.asLong())));
    }
  }
}
