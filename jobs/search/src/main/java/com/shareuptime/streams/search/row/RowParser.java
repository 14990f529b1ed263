package com.shareuptime.streams.search.row;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/** Reads rows of posts, reels and users. Not thread-safe. */
final class RowParser {
  /** What Debezium writes for a large value that has stayed as it was. */
  private static final String UNCHANGED = "__debezium_unavailable_value";

  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;

  private long id;
  private long authorId;
  private String text;
  private String visibility;
  private String createdAt;
  private String updatedAt;
  private String username;
  private String displayName;
  private String avatarUrl;
  private boolean deleted;
  private boolean active;
  private boolean verified;

  /**
   * A row of posts or reels.
   *
   * @throws IOException if the record is no such change
   */
  DocumentRow document(DocumentType type, CdcRecord record) throws IOException {
    read(record);
    boolean exists = row.exists();
    return new DocumentRow(
        new DocumentKey(type, positive(id)),
        record.version(),
        exists,
        deleted,
        exists ? positive(authorId) : 0,
        exists ? textOrNull() : "",
        exists ? demanded("visibility", visibility) : "",
        exists ? micros("created_at", createdAt) : 0,
        exists ? micros("updated_at", updatedAt) : 0,
        row.committedAt());
  }

  /**
   * A row of users.
   *
   * @throws IOException if the record is no such change
   */
  AuthorRow author(CdcRecord record) throws IOException {
    read(record);
    boolean exists = row.exists();
    return new AuthorRow(
        positive(id),
        record.version(),
        exists && active,
        exists ? demanded("username", username) : "",
        exists ? demanded("display_name", displayName) : "",
        avatarUrl,
        verified);
  }

  private void read(CdcRecord record) throws IOException {
    id = 0;
    authorId = 0;
    text = null;
    visibility = null;
    createdAt = null;
    updatedAt = null;
    username = null;
    displayName = null;
    avatarUrl = null;
    deleted = false;
    active = false;
    verified = false;
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = json.getLongValue();
      case "author_id" -> authorId = json.getLongValue();
      case "content", "caption" -> text = text(json);
      case "visibility" -> visibility = text(json);
      case "created_at" -> createdAt = text(json);
      case "updated_at" -> updatedAt = text(json);
      case "username" -> username = text(json);
      case "display_name" -> displayName = text(json);
      case "avatar_url" -> avatarUrl = text(json);
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "is_active" -> active = json.getBooleanValue();
      case "is_verified" -> verified = json.getBooleanValue();
      default -> {}
    }
  }

  private static String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
  }

  private String textOrNull() throws IOException {
    return UNCHANGED.equals(demanded("text", text)) ? null : text;
  }

  private static String demanded(String column, String value) throws IOException {
    if (value == null) {
      throw new IOException("the row has no " + column);
    }
    return value;
  }

  private static long micros(String column, String time) throws IOException {
    try {
      return IsoTime.parseMicros(demanded(column, time));
    } catch (DateTimeException e) {
      throw new IOException(column + " '" + time + "' is no time", e);
    }
  }
}
