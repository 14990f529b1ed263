package com.shareuptime.streams.feeds.row;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.feeds.audience.ReaderInput.Activity;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;

/**
 * Reads of any row whose it is and when that user made it; of a row of users, when that user was
 * last active. Not thread-safe.
 */
final class OwnRowParser {
  /**
   * Where the rows of a table say it.
   *
   * @param users whose row it is, by any of these names
   * @param time when the user was active
   * @param madeByUser whether the user was active when the row came to be, if it says no time
   */
  private record Columns(List<String> users, String time, boolean madeByUser) {
    static final Columns OF_USERS = new Columns(List.of("id"), "last_active_at", false);
    static final Columns OF_FOLLOWS = new Columns(List.of("follower_id"), "created_at", true);
    static final Columns OF_OTHERS =
        new Columns(List.of("user_id", "author_id"), "created_at", true);

    static Columns of(CdcTable table) {
      if (table.equals(CdcTable.USERS)) {
        return OF_USERS;
      }
      return table.equals(CdcTable.FOLLOWS) ? OF_FOLLOWS : OF_OTHERS;
    }
  }

  private final IdKind users;
  private final RowReader row = new RowReader();
  private final RowReader.Columns ofKey = (column, json) -> {};
  private final RowReader.Columns ofRow = this::take;

  private Columns columns;
  private Id user;
  private String time;

  /**
   * @param users what their ids are
   */
  OwnRowParser(IdKind users) {
    this.users = users;
  }

  /**
   * What a change tells of its user; null if nothing: the row is gone, is nobody's, or does not say
   * when, and is not just being made. Who changes a row later may be somebody else.
   *
   * @throws IOException if the record is no such change
   */
  Activity activity(CdcRecord record) throws IOException {
    columns = Columns.of(record.table());
    user = null;
    time = null;
    row.read(record, ofKey, ofRow);
    boolean isTold = time != null || columns.madeByUser() && row.created();
    if (!row.exists() || user == null || !isTold) {
      return null;
    }
    long at = time == null ? row.committedAt() : millis(time);
    return Activity.of(positive(user), at, record.timestamp());
  }

  private void take(String column, JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return;
    }
    if (columns.users().contains(column)) {
      user = users.read(json);
    } else if (column.equals(columns.time())) {
      time = json.getText();
    }
  }

  private static long millis(String text) throws IOException {
    try {
      return IsoTime.parseMillis(text);
    } catch (DateTimeException e) {
      throw new IOException("'" + text + "' is no time", e);
    }
  }
}
