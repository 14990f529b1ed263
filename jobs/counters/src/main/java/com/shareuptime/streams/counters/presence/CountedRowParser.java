package com.shareuptime.streams.counters.presence;

import static com.shareuptime.streams.cdc.RowReader.positive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowReader;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import com.shareuptime.streams.source.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;

/**
 * Reads the envelopes of the tables that counters need, only the fields that matter. Not
 * thread-safe.
 *
 * <p>The key of a row that counts is one of three: the target and the user, where a user has one
 * row a target; the row's id; or columns of the table, each with a {@code $} before its name, which
 * mean nothing but themselves.
 */
final class CountedRowParser {
  private static final String OWN = "$";

  private final IdKinds kinds;
  private final RowReader row = new RowReader();
  private final RowReader.Columns ofKey = this::takeOfKey;
  private final RowReader.Columns ofRow = this::takeOfRow;
  private final RowReader.Columns ofTarget = this::takeOfTarget;

  /** By the ordinal of a counter; types that its rows may count for. */
  private final Target.Type[][] types = new Target.Type[CounterKind.MOST][];

  private final boolean[] hasAmount = new boolean[CounterKind.MOST];

  private CounterKind kind;
  private IdKind idsOfTable;
  private boolean isKeyOfOwn;
  private Id id;
  private Id targetId;
  private Id actorId;
  private String targetType;
  private boolean deleted;
  private long createdAt;
  private boolean isDated;
  private long amount;

  /**
   * @param kinds of ids
   */
  CountedRowParser(IdKinds kinds) {
    this.kinds = kinds;
    for (CountedView counter : kinds.counters()) {
      types[counter.kind().ordinal()] =
          kinds.targetEntities().stream()
              .map(TargetEntity::type)
              .filter(counter::isShownFor)
              .toArray(Target.Type[]::new);
      hasAmount[counter.kind().ordinal()] = counter.hasAmount();
    }
  }

  /**
   * A row that counts.
   *
   * @return null if it counts for what the model has not, as it always did
   * @throws IOException if the record is not such a change
   */
  CountedRow countedRow(CdcRecord record) throws IOException {
    CdcTable table = record.table();
    kind = table.counter();
    if (kind == null) {
      throw new IOException("rows of " + table.tableName() + " are not counted");
    }
    read(record, ofKey, ofRow);
    boolean isKeyOfTarget = !isKeyOfOwn && id == null;
    Target.Type type = isKeyOfTarget || targetType != null ? type() : null;
    boolean elsewhere = type == null && targetType != null;
    if (isKeyOfTarget && elsewhere) {
      return null;
    }
    CounterTarget target = type == null ? null : new CounterTarget(type, targetId(type));
    RowKey key;
    if (isKeyOfOwn) {
      key = RowKey.ofOwn(kind, record.key());
    } else if (isKeyOfTarget) {
      key = RowKey.of(kind, type, target.id(), positive(actorId));
    } else {
      key = RowKey.of(kind, positive(id));
    }
    long time = row.snapshot() ? createdAt : row.committedAt();
    return elsewhere
        ? CountedRow.elsewhere(key, record.version(), time)
        : new CountedRow(
            key,
            record.version(),
            row.exists() && !deleted,
            target,
            false,
            time,
            amount,
            row.snapshot() && !isDated);
  }

  /**
   * A row of what is counted for.
   *
   * @param type of such targets
   * @throws IOException if the record is not such a change
   */
  TargetRow targetRow(CdcRecord record, Target.Type type) throws IOException {
    idsOfTable = kinds.of(type);
    read(record, ofTarget, ofTarget);
    return new TargetRow(new CounterTarget(type, positive(id)), record.version(), row.exists());
  }

  /** Null if it is another. */
  private Target.Type type() throws IOException {
    if (targetType == null) {
      throw new IOException("the row lacks a target_type");
    }
    for (Target.Type type : types[kind.ordinal()]) {
      if (type.label().equals(targetType)) {
        return type;
      }
    }
    return null;
  }

  private Id targetId(Target.Type type) throws IOException {
    Id spelled = positive(targetId);
    IdKind ids = kinds.of(type);
    if (ids == IdKind.NUMBER && spelled.isNumber()) {
      return spelled;
    }
    // where posts and reels have ids of two kinds, a column of both is a text
    boolean isOfKind =
        spelled.isNumber()
            ? ids == IdKind.NUMBER
            : ids != IdKind.NUMBER || kinds.targets() == IdKind.TEXT;
    if (!isOfKind) {
      throw new IOException("target_id '%s' is no %s".formatted(spelled, ids.sql()));
    }
    try {
      return spelled.isUuid() && ids != IdKind.NUMBER ? spelled : ids.parse(spelled.toString());
    } catch (NumberFormatException e) {
      throw new IOException("target_id: " + e.getMessage(), e);
    }
  }

  private void read(CdcRecord record, RowReader.Columns ofItsKey, RowReader.Columns ofItsRow)
      throws IOException {
    isKeyOfOwn = false;
    id = null;
    targetId = null;
    actorId = null;
    targetType = null;
    deleted = false;
    createdAt = record.timestamp();
    isDated = false;
    amount = 1;
    row.read(record, ofItsKey, ofItsRow);
  }

  private void takeOfTarget(String column, JsonParser json) throws IOException {
    if (column.equals("id")) {
      id = idsOfTable.read(json);
    }
  }

  private void takeOfKey(String column, JsonParser json) throws IOException {
    if (column.startsWith(OWN)) {
      isKeyOfOwn = true;
    } else if (column.equals("id")) {
      id = IdJson.readAny(json);
    } else if (column.equals("user_id")) {
      actorId = kinds.users().read(json);
    } else {
      takeOfRow(column, json);
    }
  }

  private void takeOfRow(String column, JsonParser json) throws IOException {
    switch (column) {
      case "target_type" -> targetType = word(json);
      case "target_id" -> targetId = spelled(json);
      case "is_deleted" -> deleted = json.getBooleanValue();
      case "created_at" -> {
        isDated = !json.hasToken(JsonToken.VALUE_NULL);
        createdAt = time(json.getText(), createdAt);
      }
      case "amount" -> amount = hasAmount[kind.ordinal()] ? json.getLongValue() : 1;
      default -> {
        // earlier builds wrote rows of shares as their table has them
        if (column.equals("post_id") && kind.equals(CounterKind.SHARES)) {
          targetType = Target.Type.POST.label();
          targetId = spelled(json);
        }
      }
    }
  }

  private static String word(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      throw new IOException("target_type is not a text");
    }
    return json.getText();
  }

  /** What it must be, its type says, which may come behind it. */
  private static Id spelled(JsonParser json) throws IOException {
    return json.hasToken(JsonToken.VALUE_STRING) ? Id.of(json.getText()) : IdJson.read(json);
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
