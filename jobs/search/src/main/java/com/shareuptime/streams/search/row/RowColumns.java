package com.shareuptime.streams.search.row;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.json.Json;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/** The columns of one row of posts, reels or users, wherever they are read. Not thread-safe. */
final class RowColumns implements RowReader.Columns {
  private static final int MAX_WORD = 64;

  private final IdKind users;

  private IdKind kind;
  private Id id;
  private Id authorId;
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
  private boolean isPrivate;

  /**
   * @param users kind of the ids of users
   */
  RowColumns(IdKind users) {
    this.users = users;
  }

  /**
   * Forgets the row before.
   *
   * @param ids kind of the next row's own id
   */
  void clear(IdKind ids) {
    kind = ids;
    id = null;
    authorId = null;
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
    isPrivate = false;
  }

  /** Takes out of the texts what the record has in the place of those that it does not carry. */
  void unlogged(RowReader record) {
    text = record.text(text);
    visibility = record.text(visibility);
    username = record.text(username);
    displayName = record.text(displayName);
    avatarUrl = record.text(avatarUrl);
  }

  @Override
  public void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = id(column, kind, json);
      case "author_id" -> authorId = id(column, users, json);
      case "content", "caption" -> text = text(column, json);
      case "visibility" -> visibility = brief(text(column, json));
      case "created_at" -> createdAt = text(column, json);
      case "updated_at" -> updatedAt = text(column, json);
      case "username" -> username = text(column, json);
      case "display_name" -> displayName = text(column, json);
      case "avatar_url" -> avatarUrl = text(column, json);
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "is_active" -> active = json.getBooleanValue();
      case "is_verified" -> verified = json.getBooleanValue();
      case "is_private" -> isPrivate = json.currentToken() == JsonToken.VALUE_TRUE;
      default -> {}
    }
  }

  /**
   * The text.
   *
   * @throws IOException if there is none
   */
  String text() throws IOException {
    return required("text", text);
  }

  /**
   * The visibility.
   *
   * @throws IOException if there is none
   */
  String visibility() throws IOException {
    return required("visibility", visibility);
  }

  /** Whether there is a time of the last update. */
  boolean hasUpdatedAt() {
    return updatedAt != null;
  }

  /**
   * The time of the last update, epoch microseconds.
   *
   * @throws IOException if there is none
   */
  long updatedAt() throws IOException {
    return micros("updated_at", updatedAt);
  }

  /**
   * A post or reel with these columns.
   *
   * @param shownText null where it has stayed as it was
   * @param changedAt epoch milliseconds
   * @throws IOException if a column is missing or wrong
   */
  DocumentRow document(DocumentType type, RowVersion version, String shownText, long changedAt)
      throws IOException {
    return new DocumentRow(
        new DocumentKey(type, positive(id)),
        version,
        true,
        deleted,
        positive(authorId),
        shownText,
        visibility(),
        micros("created_at", createdAt),
        updatedAt(),
        changedAt);
  }

  /**
   * A post or reel that is there no more, of whose columns the id counts.
   *
   * @param changedAt epoch milliseconds
   * @throws IOException if there is no id
   */
  DocumentRow gone(DocumentType type, RowVersion version, long changedAt) throws IOException {
    return new DocumentRow(
        new DocumentKey(type, positive(id)),
        version,
        false,
        false,
        DocumentRow.NOBODY,
        "",
        "",
        0,
        0,
        changedAt);
  }

  /**
   * A user with these columns.
   *
   * @param exists false after a delete, of whose columns the id counts
   * @throws IOException if a column is missing or wrong
   */
  AuthorRow author(RowVersion version, boolean exists) throws IOException {
    return new AuthorRow(
        positive(id),
        version,
        exists && active,
        exists ? required("username", username) : "",
        exists ? required("display_name", displayName) : "",
        avatarUrl,
        verified,
        isPrivate);
  }

  /** A visibility that is none of the known ones is of no reader, whatever its end. */
  private static String brief(String word) {
    return word == null || word.length() <= MAX_WORD ? word : word.substring(0, MAX_WORD);
  }

  private static Id id(String column, IdKind kind, JsonParser json) throws IOException {
    if (kind == IdKind.NUMBER) {
      if (!Json.isInteger(json)) {
        throw new IOException(column + " is not an integer");
      }
      return IdJson.read(json);
    }
    try {
      return kind.read(json);
    } catch (IOException e) {
      throw new IOException(column + ": " + e.getMessage(), e);
    }
  }

  private static String text(String column, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> json.getText();
      default -> throw new IOException(column + " is not a string");
    };
  }

  private static String required(String column, String value) throws IOException {
    if (value == null) {
      throw new IOException("the row has no " + column);
    }
    return value;
  }

  private static long micros(String column, String time) throws IOException {
    try {
      return IsoTime.parseMicros(required(column, time));
    } catch (DateTimeException e) {
      throw new IOException(column + " '" + time + "' is no time", e);
    }
  }
}
