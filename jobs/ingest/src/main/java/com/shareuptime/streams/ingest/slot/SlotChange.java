package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.relational.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One change of a row as the stream has it, each value the text that Postgres has written: see
 * {@link TextValues} for what becomes of it.
 *
 * @param commit LSN of the commit, which stands where another has the transaction's id
 * @param isOldRowWhole false if no more than the columns of the replica identity are in it
 * @param oldRow null if none was sent
 * @param newRow null for a delete
 */
record SlotChange(
    Operation operation,
    Table table,
    long commit,
    Instant time,
    boolean isOldRowWhole,
    List<Column> oldRow,
    List<Column> newRow)
    implements ReplicationMessage {
  private static final char OLD_KEY = 'K';
  private static final char OLD_ROW = 'O';
  private static final byte NULL = 'n';
  private static final byte UNCHANGED = 'u';

  /** Reads what follows the relation's number in an insert, update or delete. */
  static SlotChange read(
      Operation operation, Table table, ByteBuffer message, long commit, Instant time) {
    List<Column> before = null;
    List<Column> after = null;
    boolean isWhole = false;
    while (message.hasRemaining()) {
      char kind = (char) message.get();
      if (kind == OLD_KEY || kind == OLD_ROW) {
        isWhole = kind == OLD_ROW;
        before = row(message, table);
      } else {
        after = row(message, table);
      }
    }
    return new SlotChange(operation, table, commit, time, isWhole, before, after);
  }

  private static List<Column> row(ByteBuffer message, Table table) {
    int count = message.getShort();
    List<Column> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = table.columns().get(i).name();
      switch (message.get()) {
        case NULL -> values.add(new Value(name, null));
        case UNCHANGED ->
            values.add(
                new Value(name, UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE));
        default -> values.add(new Value(name, text(message)));
      }
    }
    return values;
  }

  private static String text(ByteBuffer message) {
    int length = message.getInt();
    int start = message.position();
    message.position(start + length);
    return new String(
        message.array(), message.arrayOffset() + start, length, StandardCharsets.UTF_8);
  }

  @Override
  public Operation getOperation() {
    return operation;
  }

  @Override
  public Instant getCommitTime() {
    return time;
  }

  @Override
  public OptionalLong getTransactionId() {
    return OptionalLong.of(isOldRowWhole ? commit | CommitDecoder.WHOLE_OLD_ROW : commit);
  }

  @Override
  public String getTable() {
    return table.id().toDoubleQuotedString();
  }

  @Override
  public List<Column> getOldTupleList() {
    return oldRow;
  }

  @Override
  public List<Column> getNewTupleList() {
    return newRow;
  }

  @Override
  public boolean hasTypeMetadata() {
    return false;
  }

  /** The stream says itself what a table looks like, before the first change of that shape. */
  @Override
  public boolean shouldSchemaBeSynchronized() {
    return false;
  }

  @Override
  public boolean isLastEventForLsn() {
    return true;
  }

  /** A column's value; its type is known by the table. */
  private record Value(String name, Object value) implements Column {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public PostgresType getType() {
      return PostgresType.UNKNOWN;
    }

    @Override
    public ColumnTypeMetadata getTypeMetadata() {
      return null;
    }

    @Override
    public Object getValue(PgConnectionSupplier connection, boolean includeUnknownDatatypes) {
      return value;
    }

    @Override
    public boolean isOptional() {
      return true;
    }

    @Override
    public boolean isToastedColumn() {
      return value == UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE;
    }
  }
}
