package com.shareuptime.streams.search.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.json.Json;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.search.document.DocumentVisibility;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Reads events of posts. What leaves here is as good as a row that Postgres has. Not thread-safe.
 */
final class PostEventParser {
  /** Largest value, in bytes: what the counters job takes for an event, too. */
  static final int MAX_BYTES = 1 << 20;

  /**
   * Later than this after the broker's time an update is no clock's drift; nothing could follow.
   */
  static final Duration MAX_AHEAD = Duration.ofHours(1);

  /** Any: all events are of one generation. Below those of cdc topics, which are of a snapshot. */
  private static final long GENERATION = 1;

  /** Others that a row may have mean nothing here, whatever they are. */
  private static final Set<String> COLUMNS =
      Set.of("id", "author_id", "content", "visibility", "is_deleted", "created_at", "updated_at");

  private final IdKind posts;
  private final RowColumns columns;

  private String eventId;
  private String action;
  private boolean hasPost;

  PostEventParser(IdKinds kinds) {
    posts = kinds.posts();
    columns = new RowColumns(kinds.users());
  }

  /**
   * The post after the event.
   *
   * @param value may be null
   * @param appendedAt Kafka's append time, epoch milliseconds
   * @throws IOException if it is no such event, with the reason
   */
  DocumentRow parse(byte[] value, long appendedAt) throws IOException {
    if (value == null || value.length == 0) {
      throw new IOException("the value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new IOException(
          value.length + " bytes are more than the " + MAX_BYTES + " allowed of an event");
    }
    columns.clear(posts);
    eventId = null;
    action = null;
    hasPost = false;
    try (JsonParser json = Json.FACTORY.createParser(value)) {
      read(json);
    }
    if (eventId == null || eventId.isEmpty()) {
      throw new IOException("the event has no event_id");
    }
    if (action == null) {
      throw new IOException("the event has no action");
    }
    if (!hasPost) {
      throw new IOException("the event has no post");
    }
    return switch (action) {
      case "created", "updated" -> written(appendedAt);
      case "deleted" -> deleted(appendedAt);
      default -> throw new IOException("the action '" + brief(action) + "' is unknown");
    };
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the value is not a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "event_id" -> eventId = text(field, json);
        case "action" -> action = text(field, json);
        case "post" -> {
          RowReader.row(json, this::take);
          hasPost = true;
        }
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new IOException("something follows the JSON object");
    }
  }

  private void take(String column, JsonParser json) throws IOException {
    if (COLUMNS.contains(column)) {
      columns.take(column, json);
    }
  }

  private DocumentRow written(long appendedAt) throws IOException {
    if (!DocumentVisibility.ALL.contains(columns.visibility())) {
      throw new IOException("the visibility '" + brief(columns.visibility()) + "' is unknown");
    }
    return columns.document(
        DocumentType.POST,
        new RowVersion(GENERATION, updatedAt(appendedAt)),
        columns.text(),
        appendedAt);
  }

  /** A delete may have left updated_at alone: it is later than the row of the same time. */
  private DocumentRow deleted(long appendedAt) throws IOException {
    long micros =
        columns.hasUpdatedAt() ? updatedAt(appendedAt) + 1 : lastMicroOf(Math.max(0, appendedAt));
    return columns.gone(DocumentType.POST, new RowVersion(GENERATION, micros), appendedAt);
  }

  private long updatedAt(long appendedAt) throws IOException {
    long micros = columns.updatedAt();
    if (micros < 0) {
      throw new IOException("updated_at is before 1970");
    }
    if (micros / 1000 - MAX_AHEAD.toMillis() > appendedAt) {
      throw new IOException(
          "updated_at is " + (micros / 1000 - appendedAt) + " ms after the broker's time");
    }
    return micros;
  }

  /** The append time is of whole milliseconds, and what it follows may be of the same one. */
  private static long lastMicroOf(long millis) {
    return millis * 1000 + 999;
  }

  private static String text(String field, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException(field + " is not a string");
    }
    return json.getText();
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
