package com.shareuptime.streams.counters.presence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.counters.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.event.EventTime;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * Reads the envelopes of the tables that counters need, only the fields that matter. Not
 * thread-safe.
 */
final class RowParser {
  private static final JsonFactory JSON = new JsonFactory();

  private long id;
  private long targetId;
  private long userId;
  private long postId;
  private String targetType;
  private boolean deleted;
  private long createdAt;
  private long committedAt;
  private boolean exists;
  private boolean snapshot;

  /**
   * A like, comment or share.
   *
   * @throws IOException if the record is not such a change
   */
  CountedRow countedRow(CdcRecord record) throws IOException {
    read(record);
    CdcTable table = record.table();
    RowKey key =
        switch (table) {
          case LIKES -> new RowKey(table, type().ordinal(), positive(targetId), positive(userId));
          case COMMENTS, SHARES -> new RowKey(table, 0, positive(id), 0);
          default -> throw new IOException("rows of " + table.tableName() + " are not counted");
        };
    return new CountedRow(
        key,
        CounterKind.of(table),
        record.version(),
        exists && !deleted,
        target(table),
        snapshot ? createdAt : committedAt);
  }

  /**
   * A post or reel.
   *
   * @throws IOException if the record is not such a change
   */
  TargetRow targetRow(CdcRecord record) throws IOException {
    read(record);
    CounterTarget.Type type =
        record.table() == CdcTable.POSTS ? CounterTarget.Type.POST : CounterTarget.Type.REEL;
    return new TargetRow(new CounterTarget(type, positive(id)), record.version(), exists);
  }

  private CounterTarget target(CdcTable table) throws IOException {
    if (table == CdcTable.SHARES) {
      return postId == 0 ? null : new CounterTarget(CounterTarget.Type.POST, positive(postId));
    }
    return targetType == null ? null : new CounterTarget(type(), positive(targetId));
  }

  private CounterTarget.Type type() throws IOException {
    if ("post".equals(targetType)) {
      return CounterTarget.Type.POST;
    }
    if ("reel".equals(targetType)) {
      return CounterTarget.Type.REEL;
    }
    throw new IOException("target_type is '" + targetType + "', not post or reel");
  }

  private void read(CdcRecord record) throws IOException {
    if (record.version() == null) {
      throw new IOException("the record has no readable header 'version'");
    }
    if (record.key() == null) {
      throw new IOException("the record has no key");
    }
    id = 0;
    targetId = 0;
    userId = 0;
    postId = 0;
    targetType = null;
    deleted = false;
    createdAt = record.timestamp();
    committedAt = record.timestamp();
    exists = false;
    snapshot = false;
    try (JsonParser json = JSON.createParser(record.key())) {
      json.nextToken();
      readRow(json);
    }
    if (record.value() != null) {
      try (JsonParser json = JSON.createParser(record.value())) {
        readEnvelope(json);
      }
    }
  }

  private void readEnvelope(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the value is not a JSON object");
    }
    boolean after = false;
    String op = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      switch (field) {
        case "after" -> {
          after = token == JsonToken.START_OBJECT;
          if (after) {
            readRow(json);
          }
        }
        case "source" -> readSource(json);
        case "op" -> op = json.getText();
        default -> json.skipChildren();
      }
    }
    if (op == null) {
      throw new IOException("the envelope has no 'op'");
    }
    exists = after && !op.equals("d");
    snapshot = op.equals("r");
  }

  private void readSource(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      if (field.equals("ts_ms") && token == JsonToken.VALUE_NUMBER_INT) {
        committedAt = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }
  }

  private void readRow(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("the key is not a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = json.getLongValue();
        case "target_type" -> targetType = json.getText();
        case "target_id" -> targetId = json.getLongValue();
        case "user_id" -> userId = json.getLongValue();
        case "post_id" -> postId = json.getLongValue();
        case "is_deleted" -> deleted = json.getBooleanValue();
        case "created_at" -> createdAt = time(json.getText());
        default -> json.skipChildren();
      }
    }
  }

  private static long time(String text) throws IOException {
    try {
      return EventTime.parseMillis(text);
    } catch (DateTimeException e) {
      throw new IOException("created_at '" + text + "' is no time", e);
    }
  }

  private static long positive(long id) throws IOException {
    if (id <= 0) {
      throw new IOException("the row has an id of " + id + ": ids are above 0");
    }
    return id;
  }
}
