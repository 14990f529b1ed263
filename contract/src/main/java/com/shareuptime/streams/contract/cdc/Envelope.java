package com.shareuptime.streams.contract.cdc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;

/**
 * The value of a record in a cdc topic, as Debezium writes it: {@code {"before": {…}, "after": {…},
 * "source": {…}, "op": "u", "ts_ms": …}}. The rows are their writer's; all around them is written
 * here.
 */
public final class Envelope {
  public static final String BEFORE = "before";
  public static final String AFTER = "after";
  public static final String SOURCE = "source";
  public static final String OP = "op";
  public static final String LSN = "lsn";

  /** Epoch milliseconds: in the source those of the commit, else those of the record. */
  public static final String TIME = "ts_ms";

  /** In the source: the text that stands for a value which the change does not carry. */
  public static final String UNAVAILABLE = "unavailable";

  public static final String CREATE = "c";
  public static final String UPDATE = "u";
  public static final String DELETE = "d";

  /** Of a row that a snapshot has read. */
  public static final String READ = "r";

  private static final SerializedString BEFORE_NAME = new SerializedString(BEFORE);
  private static final SerializedString AFTER_NAME = new SerializedString(AFTER);
  private static final SerializedString SOURCE_NAME = new SerializedString(SOURCE);
  private static final SerializedString CONNECTOR_NAME = new SerializedString("connector");
  private static final SerializedString POSTGRESQL = new SerializedString("postgresql");
  private static final SerializedString DB_NAME = new SerializedString("db");
  private static final SerializedString SCHEMA_NAME = new SerializedString("schema");
  private static final SerializedString TABLE_NAME = new SerializedString("table");
  private static final SerializedString COMMIT_NAME = new SerializedString("commit");
  private static final SerializedString LSN_NAME = new SerializedString(LSN);
  private static final SerializedString GENERATION_NAME = new SerializedString("generation");
  private static final SerializedString SNAPSHOT_NAME = new SerializedString("snapshot");
  private static final SerializedString TIME_NAME = new SerializedString(TIME);
  private static final SerializedString UNAVAILABLE_NAME = new SerializedString(UNAVAILABLE);
  private static final SerializedString OP_NAME = new SerializedString(OP);
  private static final SerializedString TRUE = new SerializedString("true");
  private static final SerializedString FALSE = new SerializedString("false");

  private Envelope() {}

  /**
   * Where a change comes from.
   *
   * @param commit position of its transaction's commit; 0 of a snapshot's row
   * @param lsn position of the row; 0 of a snapshot's row
   * @param generation of the table
   * @param committedAt epoch milliseconds
   * @param unavailable the text that stands for a value which is not carried; null if the reader
   *     need not know
   */
  public record Source(
      String db,
      String schema,
      String table,
      long commit,
      long lsn,
      long generation,
      long committedAt,
      String unavailable) {}

  /** Begins an envelope; the row before the change is to follow, or null. */
  public static void begin(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName(BEFORE_NAME);
  }

  /** The row after the change is to follow, or null. */
  public static void after(JsonGenerator json) throws IOException {
    json.writeFieldName(AFTER_NAME);
  }

  /**
   * Ends an envelope.
   *
   * @param writtenAt epoch milliseconds
   */
  public static void end(JsonGenerator json, Source source, String op, long writtenAt)
      throws IOException {
    json.writeFieldName(SOURCE_NAME);
    json.writeStartObject();
    json.writeFieldName(CONNECTOR_NAME);
    json.writeString(POSTGRESQL);
    json.writeFieldName(DB_NAME);
    json.writeString(source.db);
    json.writeFieldName(SCHEMA_NAME);
    json.writeString(source.schema);
    json.writeFieldName(TABLE_NAME);
    json.writeString(source.table);
    json.writeFieldName(COMMIT_NAME);
    json.writeNumber(source.commit);
    json.writeFieldName(LSN_NAME);
    json.writeNumber(source.lsn);
    json.writeFieldName(GENERATION_NAME);
    json.writeNumber(source.generation);
    json.writeFieldName(SNAPSHOT_NAME);
    json.writeString(op.equals(READ) ? TRUE : FALSE);
    json.writeFieldName(TIME_NAME);
    json.writeNumber(source.committedAt);
    if (source.unavailable != null) {
      json.writeFieldName(UNAVAILABLE_NAME);
      json.writeString(source.unavailable);
    }
    json.writeEndObject();
    json.writeFieldName(OP_NAME);
    json.writeString(op);
    json.writeFieldName(TIME_NAME);
    json.writeNumber(writtenAt);
    json.writeEndObject();
  }
}
