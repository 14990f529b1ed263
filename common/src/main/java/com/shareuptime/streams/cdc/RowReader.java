package com.shareuptime.streams.cdc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.json.Json;
import java.io.IOException;
import java.time.Duration;

/**
 * Reads a row change token by token: the key's columns, then those of the row after the change,
 * each handed to its {@link Columns}. Not thread-safe.
 */
public final class RowReader {

  private static final long MAX_AHEAD = Duration.ofDays(1).toMillis();

  /** Takes the columns of one table. */
  @FunctionalInterface
  public interface Columns {
    /**
     * Takes one column, or leaves it; a column of the key may come twice.
     *
     * @param json stands at the value; a structure that is left is skipped
     */
    void take(String column, JsonParser json) throws IOException;
  }

  private String placeholder;
  private boolean exists;
  private boolean snapshot;
  private boolean created;
  private long committedAt;

  /**
   * Reads one change.
   *
   * @throws IOException if the record is no change of a row
   */
  public void read(CdcRecord record, Columns columns) throws IOException {
    read(record, columns, columns);
  }

  /**
   * Reads one change, the columns of whose key mean something of their own.
   *
   * @throws IOException if the record is no change of a row
   */
  public void read(CdcRecord record, Columns ofKey, Columns ofRow) throws IOException {
    if (record.version() == null) {
      throw new IOException("the record has no readable header 'version'");
    }
    if (record.key() == null) {
      throw new IOException("the record has no key");
    }
    placeholder = Unlogged.EARLIER;
    exists = false;
    snapshot = false;
    created = false;
    committedAt = record.timestamp();
    try (JsonParser json = Json.FACTORY.createParser(record.key())) {
      json.nextToken();
      row(json, ofKey);
    }
    if (record.value() != null) {
      try (JsonParser json = Json.FACTORY.createParser(record.value())) {
        envelope(json, ofRow);
      }
    }
  }

  /**
   * A text of the row that was read: {@link Unlogged} if the record does not carry it, by whichever
   * placeholder it says so.
   *
   * @param text may be null
   */
  public String text(String text) {
    return placeholder.equals(text) ? Unlogged.PLACEHOLDER : text;
  }

  /** Whether the row is there after the change. */
  public boolean exists() {
    return exists;
  }

  /** Whether a snapshot has read the row, so that the time of its commit is not known. */
  public boolean snapshot() {
    return snapshot;
  }

  /** Whether the change is the one by which the row came to be. */
  public boolean created() {
    return created;
  }

  /** When the change was committed, in epoch milliseconds; else when Kafka got it. */
  public long committedAt() {
    return committedAt;
  }

  /**
   * An id of a row, which must be there.
   *
   * @param id null if the row had none
   * @throws IOException if it is not above 0
   */
  public static Id positive(Id id) throws IOException {
    if (id == null) {
      throw new IOException("the row lacks an id");
    }
    if (!id.isPositive()) {
      throw new IOException("the row has an id of " + id + ": ids are above 0");
    }
    return id;
  }

  private void envelope(JsonParser json, Columns columns) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the value is not a JSON object");
    }
    boolean after = false;
    String op = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      switch (field) {
        case Envelope.AFTER -> {
          after = token == JsonToken.START_OBJECT;
          if (after) {
            row(json, columns);
          }
        }
        case Envelope.SOURCE -> source(json);
        case Envelope.OP -> op = json.getText();
        default -> json.skipChildren();
      }
    }
    if (op == null) {
      throw new IOException("the envelope has no 'op'");
    }
    exists = after && !op.equals(Envelope.DELETE);
    snapshot = op.equals(Envelope.READ);
    created = op.equals(Envelope.CREATE);
  }

  /**
   * A clock may be off by some; what is not even a day from Kafka's time is no time of a commit.
   */
  private static long plausible(long committedAt, long appendedAt) {
    return Math.max(0, Math.min(committedAt, appendedAt + MAX_AHEAD));
  }

  private void source(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      if (field.equals(Envelope.TIME) && token == JsonToken.VALUE_NUMBER_INT) {
        committedAt = plausible(json.getLongValue(), committedAt);
      } else if (field.equals(Envelope.UNAVAILABLE) && token == JsonToken.VALUE_STRING) {
        placeholder = json.getText();
      } else {
        json.skipChildren();
      }
    }
  }

  /**
   * Reads the columns of one row.
   *
   * @param json stands at the row, which is an object
   * @throws IOException if it is none
   */
  public static void row(JsonParser json, Columns columns) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("the row is not a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String column = json.currentName();
      json.nextToken();
      columns.take(column, json);
      json.skipChildren(); // does nothing after a plain value
    }
  }
}
