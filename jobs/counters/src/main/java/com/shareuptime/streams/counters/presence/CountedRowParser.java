package com.shareuptime.streams.counters.presence;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.counters.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * Reads the envelopes of the tables that counters need, only the fields that matter. Not
 * thread-safe.
 */
final class CountedRowParser {
  private final RowReader row = new RowReader();
  private final RowReader.Columns columns = this::take;

  private long id;
  private long targetId;
  private long userId;
  private long postId;
  private String targetType;
  private boolean deleted;
  private long createdAt;

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
        row.exists() && !deleted,
        target(table),
        row.snapshot() ? createdAt : row.committedAt());
  }

  /**
   * A post or reel.
   *
   * @throws IOException if the record is not such a change
   */
  TargetRow targetRow(CdcRecord record) throws IOException {
    read(record);
    CounterTarget target = CounterTarget.ofRow(record.table(), positive(id));
    return new TargetRow(target, record.version(), row.exists());
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
    id = 0;
    targetId = 0;
    userId = 0;
    postId = 0;
    targetType = null;
    deleted = false;
    createdAt = record.timestamp();
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = json.getLongValue();
      case "target_type" -> targetType = json.getText();
      case "target_id" -> targetId = json.getLongValue();
      case "user_id" -> userId = json.getLongValue();
      case "post_id" -> postId = json.getLongValue();
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "created_at" -> createdAt = time(json.getText(), createdAt);
      default -> {}
    }
  }

  /** An odd time costs no count: what is none, or is later than the broker's, is the broker's. */
  private static long time(String text, long appendedAt) {
    try {
      return Math.max(0, Math.min(IsoTime.parseMillis(text), appendedAt));
    } catch (DateTimeException e) {
      return appendedAt;
    }
  }
}
