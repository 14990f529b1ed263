package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.cdc.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes keys and envelopes of one table's changes as UTF-8 JSON, straight from Debezium's structs
 * into one buffer that is used again for each. An envelope has a largest size: what would be larger
 * is written without the old row, and if that is not enough without the largest columns of the new
 * one. Not for several threads.
 */
final class ChangeJson {
  /** A buffer that has grown beyond this is not kept. */
  private static final int LARGE = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final boolean wholeBefore;
  private final int mostBytes;

  private LimitedBuffer buffer;
  private JsonGenerator json;
  private RowJson key;
  private RowJson before;
  private RowJson beforeKey;
  private RowJson after;
  private List<String> cut = List.of();

  /**
   * @param mostBytes of an envelope
   * @param wholeBefore whether the table's replica identity is FULL. If not, only the key's columns
   *     of the old row are known (Debezium fills the others with zeros), and only they are written.
   */
  ChangeJson(boolean wholeBefore, int mostBytes) {
    this.wholeBefore = wholeBefore;
    this.mostBytes = mostBytes;
    renew();
  }

  /** Forgets what was begun, and a buffer that has become large. */
  private void renew() {
    buffer = new LimitedBuffer(mostBytes);
    try {
      json = JSON.createGenerator(buffer);
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
    cut = List.of();
    try {
      return attempt(change, keySchema, op, version, wholeBefore, List.of());
    } catch (LimitedBuffer.TooLargeException e) {
      return smaller(change, keySchema, op, version);
    }
  }

  /** Columns of the new row that the last envelope lacks; mostly none. */
  List<String> cut() {
    return cut;
  }

  private byte[] smaller(Struct change, Schema keySchema, String op, RowVersion version)
      throws IOException {
    List<String> largest =
        change.getStruct("after") == null
            ? List.of()
            : RowJson.largest(change.getStruct("after"), keySchema);
    for (int columns = 0; columns <= largest.size(); columns++) {
      List<String> without = largest.subList(0, columns);
      try {
        byte[] envelope = attempt(change, keySchema, op, version, false, without);
        cut = List.copyOf(without);
        return envelope;
      } catch (LimitedBuffer.TooLargeException e) {
        // one more
      }
    }
    throw new IOException("more than %d bytes even without its texts".formatted(mostBytes));
  }

  private byte[] attempt(
      Struct change,
      Schema keySchema,
      String op,
      RowVersion version,
      boolean wholeOldRow,
      List<String> without)
      throws IOException {
    try {
      write(change, keySchema, op, version, wholeOldRow, without);
      return take();
    } catch (IOException | RuntimeException e) {
      renew();
      throw e;
    }
  }

  private void write(
      Struct change,
      Schema keySchema,
      String op,
      RowVersion version,
      boolean wholeOldRow,
      List<String> without)
      throws IOException {
    Struct source = change.getStruct("source");
    Envelope.begin(json);
    boolean doubtful = before(change.getStruct("before"), keySchema, wholeOldRow);
    Envelope.after(json);
    doubtful |= after(change.getStruct("after"), without);
    // where a placeholder is not named, readers have that of earlier builds in mind
    Envelope.end(
        json,
        new Envelope.Source(
            source.getString("db"),
            source.getString("schema"),
            source.getString("table"),
            version.commit(),
            version.lsn(),
            version.generation(),
            source.getInt64("ts_ms"),
            doubtful ? Unlogged.PLACEHOLDER : null),
        op,
        change.getInt64("ts_ms"));
  }

  /** Whether a text of it is a placeholder, or may be taken for one. */
  private boolean before(Struct row, Schema keySchema, boolean whole) throws IOException {
    if (row == null) {
      json.writeNull();
      return false;
    } else if (whole) {
      if (before == null || !before.isOf(row.schema())) {
        before = new RowJson(row.schema());
      }
      return before.write(row, json);
    } else {
      if (beforeKey == null || !beforeKey.isOf(row.schema())) {
        beforeKey = RowJson.onlyKey(row.schema(), keySchema);
      }
      return beforeKey.write(row, json);
    }
  }

  private boolean after(Struct row, List<String> without) throws IOException {
    if (row == null) {
      json.writeNull();
      return false;
    }
    if (after == null || !after.isOf(row.schema())) {
      after = new RowJson(row.schema());
    }
    return after.writeWithout(without, row, json);
  }

  private byte[] take() throws IOException {
    json.flush();
    byte[] bytes = buffer.toByteArray();
    if (bytes.length > LARGE) {
      renew();
    } else {
      buffer.reset();
    }
    return bytes;
  }
}
