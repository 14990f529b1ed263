package com.shareuptime.streams.counters.listing;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.json.Json;
import java.io.IOException;

/**
 * Reads of rows what decides over lists. Columns that are not what they should be leave a target
 * out of lists, and are no reason for a dead letter: the row still counts. Not thread-safe.
 */
final class StandingParser {
  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;

  private Id id;
  private Id author;
  private boolean isPublic;
  private boolean isKept;
  private boolean isActive;

  /**
   * A post or reel.
   *
   * @throws IOException if the record is no such change
   */
  TargetStanding target(CdcRecord record) throws IOException {
    read(record);
    CounterTarget target = CounterTarget.ofRow(record.table(), positive(id));
    return row.exists() && author != null && author.isPositive()
        ? new TargetStanding(
            target, record.version(), isKept && isPublic, author, row.committedAt())
        : TargetStanding.gone(target, record.version(), row.committedAt());
  }

  /**
   * A user.
   *
   * @throws IOException if the record is no such change
   */
  AuthorStanding author(CdcRecord record) throws IOException {
    read(record);
    return new AuthorStanding(positive(id), record.version(), row.exists() && isActive);
  }

  private void read(CdcRecord record) throws IOException {
    id = null;
    author = null;
    isPublic = false;
    isKept = false;
    isActive = false;
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = IdJson.read(json);
      case "author_id" -> author = Json.isInteger(json) ? IdJson.read(json) : null;
      case "visibility" ->
          isPublic = json.hasToken(JsonToken.VALUE_STRING) && json.getText().equals("public");
      case "is_deleted" -> isKept = json.hasToken(JsonToken.VALUE_FALSE);
      case "is_active" -> isActive = json.hasToken(JsonToken.VALUE_TRUE);
      default -> {}
    }
  }
}
