package com.shareuptime.streams.search.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.ControlIds;
import java.nio.charset.StandardCharsets;

/**
 * A row as the table has it, in a message {@code {"job": "search", "action": "fill", "target":
 * "post", "target_id": 42, "version": "1048576:27263104:27262976", "row": {…}}}: whole, where its
 * change was not whole in its topic. The version is that of this change. So it completes what is
 * known of the change, and has no effect once a later one is known.
 */
final class FilledRow {
  private static final int MAX_WORD = 64;

  private final JsonNode message;
  private final JsonNode row;

  FilledRow(JsonNode message) {
    this.message = message;
    this.row = message.path("row");
  }

  /** The post or reel. */
  DocumentRow document(DocumentKey key, long changedAt) {
    return new DocumentRow(
        key,
        version(),
        true,
        truth("is_deleted"),
        ControlIds.id(row, "author_id"),
        text("text"),
        word("visibility"),
        micros("created_at"),
        micros("updated_at"),
        changedAt);
  }

  /** The user. */
  AuthorRow author(long id) {
    JsonNode avatar = row.path("avatar_url");
    return new AuthorRow(
        id,
        version(),
        truth("is_active"),
        text("username"),
        text("display_name"),
        avatar.isNull() ? null : text("avatar_url"),
        truth("is_verified"));
  }

  private RowVersion version() {
    return RowVersion.parse(message.path("version").asText().getBytes(StandardCharsets.US_ASCII));
  }

  private String text(String column) {
    JsonNode value = row.path(column);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the row has no text '" + column + "'");
    }
    return value.asText();
  }

  /** A longer one is none of those that there are. */
  private String word(String column) {
    String text = text(column);
    return text.length() <= MAX_WORD ? text : text.substring(0, MAX_WORD);
  }

  private boolean truth(String column) {
    JsonNode value = row.path(column);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("the row does not say '" + column + "'");
    }
    return value.asBoolean();
  }

  private long micros(String column) {
    JsonNode value = row.path(column);
    if (!value.canConvertToLong()) {
      throw new IllegalArgumentException("the row has no time '" + column + "'");
    }
    return value.asLong();
  }
}
