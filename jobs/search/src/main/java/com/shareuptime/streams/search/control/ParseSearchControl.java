package com.shareuptime.streams.search.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchMode;
import com.shareuptime.streams.search.author.AuthorChange;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.search.row.ParseDocumentRow;
import com.shareuptime.streams.source.ControlFunction;
import com.shareuptime.streams.source.ControlIds;
import com.shareuptime.streams.source.Reading;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads {@code {"job": "search", "action": "refresh", "target": "post", "target_id": 42}}: write
 * this document again; and rows that reconcile has read from the tables, {@link FilledRow}.
 */
public final class ParseSearchControl extends ControlFunction<DocumentInput> {
  private static final long serialVersionUID = 1L;

  private static final String USER = "user";

  private final EnumSet<DocumentType> types;
  private final SearchMode mode;

  /**
   * @param job whose messages are read
   * @param types of the documents that it has
   * @param mode of what it makes them: what it does not make of rows, no row fills
   */
  public ParseSearchControl(String job, Set<DocumentType> types, SearchMode mode) {
    super(job);
    this.types = EnumSet.copyOf(types);
    this.mode = mode;
  }

  @Override
  protected void act(JsonNode message, Reading<DocumentInput> reading) {
    String action = message.path("action").asText();
    switch (action) {
      case "refresh" -> refresh(message, reading);
      case "fill" -> fill(message, reading);
      default ->
          throw new IllegalArgumentException(
              "action '" + action + "' is neither 'refresh' nor 'fill'");
    }
  }

  private void refresh(JsonNode message, Reading<DocumentInput> reading) {
    DocumentKey key = document(message);
    if (types.contains(key.type())) {
      reading.collect(new DocumentInput.Refresh(key));
    }
  }

  private void fill(JsonNode message, Reading<DocumentInput> reading) {
    FilledRow row = new FilledRow(message);
    if (message.path("target").asText().equals(USER)) {
      long user = ControlIds.id(message, "target_id");
      reading.output(ParseDocumentRow.AUTHORS, new AuthorChange.Changed(row.author(user)));
      return;
    }
    DocumentKey key = document(message);
    if (types.contains(key.type()) && mode.usesRows(key.type())) {
      ParseDocumentRow.document(row.document(key, System.currentTimeMillis()), reading);
    }
  }

  private static DocumentKey document(JsonNode message) {
    long id = ControlIds.id(message, "target_id");
    return new DocumentKey(DocumentType.ofTarget(message.path("target").asText()), id);
  }
}
