package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.shareuptime.streams.cdc.RowVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes keys and envelopes of one table's changes as UTF-8 JSON, straight from Debezium's structs
 * into one buffer that is used again for each. Not for several threads.
 */
final class ChangeJson {
  private static final SerializedString BEFORE = new SerializedString("before");
  private static final SerializedString AFTER = new SerializedString("after");
  private static final SerializedString SOURCE = new SerializedString("source");
  private static final SerializedString CONNECTOR = new SerializedString("connector");
  private static final SerializedString POSTGRESQL = new SerializedString("postgresql");
  private static final SerializedString DB = new SerializedString("db");
  private static final SerializedString SCHEMA = new SerializedString("schema");
  private static final SerializedString TABLE = new SerializedString("table");
  private static final SerializedString COMMIT = new SerializedString("commit");
  private static final SerializedString LSN = new SerializedString("lsn");
  private static final SerializedString GENERATION = new SerializedString("generation");
  private static final SerializedString SNAPSHOT = new SerializedString("snapshot");
  private static final SerializedString TIME = new SerializedString("ts_ms");
  private static final SerializedString OP = new SerializedString("op");
  private static final SerializedString TRUE = new SerializedString("true");
  private static final SerializedString FALSE = new SerializedString("false");

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
  private final JsonGenerator json;
  private final boolean wholeBefore;

  private RowJson key;
  private RowJson before;
  private RowJson after;

  /**
   * @param wholeBefore whether the table's replica identity is FULL. If not, only the key's columns
   *     of the old row are known (Debezium fills the others with zeros), and only they are written.
   */
  ChangeJson(boolean wholeBefore) {
    this.wholeBefore = wholeBefore;
    try {
      json =
          JsonFactory.builder()
              .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
              .build()
              .createGenerator(buffer);
      json.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The primary key, columns in its order. */
  byte[] key(Struct row) throws IOException {
    if (key == null || !key.isOf(row.schema())) {
      key = new RowJson(row.schema());
    }
    key.write(row, json);
    return take();
  }

  /**
   * The envelope of a change.
   *
   * @param change Debezium's envelope
   * @param keySchema shape of the primary key
   */
  byte[] envelope(Struct change, Schema keySchema, String op, RowVersion version)
      throws IOException {
    Struct source = change.getStruct("source");
    json.writeStartObject();
    json.writeFieldName(BEFORE);
    before(change.getStruct("before"), keySchema);
    json.writeFieldName(AFTER);
    after(change.getStruct("after"));
    json.writeFieldName(SOURCE);
    json.writeStartObject();
    json.writeFieldName(CONNECTOR);
    json.writeString(POSTGRESQL);
    json.writeFieldName(DB);
    json.writeString(source.getString("db"));
    json.writeFieldName(SCHEMA);
    json.writeString(source.getString("schema"));
    json.writeFieldName(TABLE);
    json.writeString(source.getString("table"));
    json.writeFieldName(COMMIT);
    json.writeNumber(version.commit());
    json.writeFieldName(LSN);
    json.writeNumber(version.lsn());
    json.writeFieldName(GENERATION);
    json.writeNumber(version.generation());
    json.writeFieldName(SNAPSHOT);
    json.writeString(op.equals("r") ? TRUE : FALSE);
    json.writeFieldName(TIME);
    json.writeNumber(source.getInt64("ts_ms"));
    json.writeEndObject();
    json.writeFieldName(OP);
    json.writeString(op);
    json.writeFieldName(TIME);
    json.writeNumber(change.getInt64("ts_ms"));
    json.writeEndObject();
    return take();
  }

  private void before(Struct row, Schema keySchema) throws IOException {
    if (row == null) {
      json.writeNull();
      return;
    }
    if (before == null || !before.isOf(row.schema())) {
      before = wholeBefore ? new RowJson(row.schema()) : RowJson.onlyKey(row.schema(), keySchema);
    }
    before.write(row, json);
  }

  private void after(Struct row) throws IOException {
    if (row == null) {
      json.writeNull();
      return;
    }
    if (after == null || !after.isOf(row.schema())) {
      after = new RowJson(row.schema());
    }
    after.write(row, json);
  }

  private byte[] take() throws IOException {
    json.flush();
    byte[] bytes = buffer.toByteArray();
    buffer.reset();
    return bytes;
  }
}
