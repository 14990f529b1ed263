package com.shareuptime.streams.counters.presence;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Target;
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

  private CounterKind kind;
  private Id id;
  private Id targetId;
  private Id actorId;
  private String targetType;
  private boolean deleted;
  private long createdAt;

  /**
   * A row that counts.
   *
   * @throws IOException if the record is not such a change
   */
  CountedRow countedRow(CdcRecord record) throws IOException {
    CdcTable table = record.table();
    kind = table.counter();
    if (kind == null) {
      throw new IOException("rows of " + table.tableName() + " are not counted");
    }
    read(record);
    RowKey key =
        kind.rows().hasId()
            ? RowKey.of(table, positive(id))
            : RowKey.of(table, type(), positive(targetId), positive(actorId));
    return new CountedRow(
        key,
        record.version(),
        row.exists() && !deleted,
        target(),
        row.snapshot() ? createdAt : row.committedAt());
  }

  /**
   * A post or reel.
   *
   * @throws IOException if the record is not such a change
   */
  TargetRow targetRow(CdcRecord record) throws IOException {
    kind = null;
    read(record);
    CounterTarget target = CounterTarget.ofRow(record.table(), positive(id));
    return new TargetRow(target, record.version(), row.exists());
  }

  private CounterTarget target() throws IOException {
    boolean isTold = kind.rows().targetType() == null ? targetType != null : targetId != null;
    return isTold ? new CounterTarget(type(), positive(targetId)) : null;
  }

  private Target.Type type() throws IOException {
    if (kind.rows().targetType() != null) {
      return kind.rows().targetType();
    }
    if ("post".equals(targetType)) {
      return Target.Type.POST;
    }
    if ("reel".equals(targetType)) {
      return Target.Type.REEL;
    }
    throw new IOException("target_type is '" + targetType + "', not post or reel");
  }

  private void read(CdcRecord record) throws IOException {
    id = null;
    targetId = null;
    actorId = null;
    targetType = null;
    deleted = false;
    createdAt = record.timestamp();
    row.read(record, columns);
  }

  private void take(String column, JsonParser json) throws IOException {
    switch (column) {
      case "id" -> id = IdJson.read(json);
      case "target_type" -> targetType = json.getText();
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "created_at" -> createdAt = time(json.getText(), createdAt);
      default -> {
        if (kind != null) {
          takeOfCounter(column, json);
        }
      }
    }
  }

  private void takeOfCounter(String column, JsonParser json) throws IOException {
    CounterKind.Rows rows = kind.rows();
    if (column.equals(rows.target())) {
      targetId = IdJson.read(json);
    } else if (!rows.hasId() && column.equals(rows.actor())) {
      actorId = IdJson.read(json);
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
