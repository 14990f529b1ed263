package com.shareuptime.streams.counters.listing;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.json.Json;
import java.io.IOException;

/**
 * Reads of rows what decides over lists. Columns that are not what they should be leave a target
 * out of lists, and are no reason for a dead letter: the row still counts. Not thread-safe.
 */
final class StandingParser {
  private final IdKinds kinds;
  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;

  private IdKind idsOfTable;
  private Id id;
  private Id author;
  private boolean isPublic;
  private boolean isKept;
  private boolean isActive;
  private boolean isPrivate;

  /**
   * @param kinds of ids
   */
  StandingParser(IdKinds kinds) {
    this.kinds = kinds;
  }

  /**
   * A post or reel.
   *
   * @throws IOException if the record is no such change
   */
  TargetStanding target(CdcRecord record) throws IOException {
    Target.Type type = record.table().equals(CdcTable.POSTS) ? Target.Type.POST : Target.Type.REEL;
    read(record, kinds.of(type));
    CounterTarget target = new CounterTarget(type, positive(id));
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
    read(record, kinds.users());
    return new AuthorStanding(
        positive(id), record.version(), row.exists() && isActive && !isPrivate);
  }

  private void read(CdcRecord record, IdKind ids) throws IOException {
    idsOfTable = ids;
    id = null;
    author = null;
    isPublic = false;
    isKept = false;
    isActive = false;
    isPrivate = false;
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = idsOfTable.read(json);
      case "author_id" -> author = author(json);
      case "visibility" ->
          isPublic = json.hasToken(JsonToken.VALUE_STRING) && json.getText().equals("public");
      case "is_deleted" -> isKept = json.hasToken(JsonToken.VALUE_FALSE);
      case "is_active" -> isActive = json.hasToken(JsonToken.VALUE_TRUE);
      case "is_private" -> isPrivate = !json.hasToken(JsonToken.VALUE_FALSE);
      default -> {}
    }
  }

  /** Null if it is none. */
  private Id author(JsonParser json) throws IOException {
    IdKind users = kinds.users();
    if (users == IdKind.NUMBER) {
      return Json.isInteger(json) ? users.read(json) : null;
    }
    try {
      return json.hasToken(JsonToken.VALUE_STRING) ? users.parse(json.getText()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
