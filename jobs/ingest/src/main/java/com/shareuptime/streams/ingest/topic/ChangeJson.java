package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.ingest.mapping.RecordKey;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Writes keys and envelopes of one entity's changes as UTF-8 JSON into one buffer that is used
 * again for each. An envelope has a largest size: what would be larger is written without the old
 * row, and if that is not enough without the largest columns of the new one. Not for several
 * threads.
 */
final class ChangeJson {
  /** A buffer that has grown beyond this is not kept. */
  private static final int LARGE = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final int mostBytes;
  private final RowJson rows;
  private final Map<RecordKey, SerializedString[]> keyNames = new IdentityHashMap<>();

  private LimitedBuffer buffer;
  private JsonGenerator json;
  private List<String> cut = List.of();

  /**
   * @param mostBytes of an envelope
   */
  ChangeJson(Entity entity, int mostBytes) {
    this.mostBytes = mostBytes;
    this.rows = new RowJson(entity);
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

  /**
   * The key of a record.
   *
   * @param row of the table
   * @param known what it is in the entity, if it was computed already; or null
   * @return null if a part is null, as no row of the entity has it then
   * @throws EvaluationException if it cannot be known
   */
  byte[] key(RecordKey key, Row row, CanonicalRow known) throws IOException {
    SerializedString[] names = keyNames.get(key);
    if (names == null) {
      names = key.names().stream().map(SerializedString::new).toArray(SerializedString[]::new);
      keyNames.put(key, names);
    }
    try {
      json.writeStartObject();
      for (int i = 0; i < names.length; i++) {
        Object value = key.value(i, row, known);
        if (value == null) {
          renew();
          return null;
        }
        json.writeFieldName(names[i]);
        RowJson.writeValue(value, json);
      }
      json.writeEndObject();
      return take();
    } catch (IOException | RuntimeException e) {
      renew();
      throw e;
    }
  }

  /** The envelope of a change. */
  byte[] envelope(ChangedRow change) throws IOException {
    cut = List.of();
    try {
      return attempt(change, change.branch().knownOfOldRow(change.isOldWhole()), true, List.of());
    } catch (LimitedBuffer.TooLargeException e) {
      return smaller(change);
    }
  }

  /** Columns of the new row that the last envelope lacks; mostly none. */
  List<String> cut() {
    return cut;
  }

  private byte[] smaller(ChangedRow change) throws IOException {
    List<String> largest =
        change.after() == null
            ? List.of()
            : rows.largest(change.after(), change.branch().key().names());
    for (int columns = 0; columns <= largest.size(); columns++) {
      List<String> without = largest.subList(0, columns);
      try {
        byte[] envelope = attempt(change, change.branch().ofKey(), false, without);
        cut = List.copyOf(without);
        return envelope;
      } catch (LimitedBuffer.TooLargeException e) {
        // one more
      }
    }
    throw new IOException("more than %d bytes even without its texts".formatted(mostBytes));
  }

  private byte[] attempt(ChangedRow change, int[] known, boolean whole, List<String> without)
      throws IOException {
    try {
      write(change, known, whole, without);
      return take();
    } catch (IOException | RuntimeException e) {
      renew();
      throw e;
    }
  }

  private void write(ChangedRow change, int[] known, boolean whole, List<String> without)
      throws IOException {
    Struct source = change.envelope().getStruct("source");
    Envelope.begin(json);
    boolean doubtful = before(change, known, whole);
    Envelope.after(json);
    if (change.after() == null) {
      json.writeNull();
    } else {
      doubtful |= rows.write(change.after(), without, json);
    }
    // where a placeholder is not named, readers have that of earlier builds in mind
    Envelope.end(
        json,
        new Envelope.Source(
            source.getString("db"),
            source.getString("schema"),
            source.getString("table"),
            change.version().commit(),
            change.version().lsn(),
            change.version().generation(),
            source.getInt64("ts_ms"),
            doubtful ? Unlogged.PLACEHOLDER : null),
        change.op(),
        change.envelope().getInt64("ts_ms"));
  }

  /** Whether a text of it is a placeholder, or may be taken for one. */
  private boolean before(ChangedRow change, int[] known, boolean whole) throws IOException {
    if (whole && change.before() != null) {
      return rows.write(change.before(), List.of(), json);
    } else if (change.old() != null) {
      return rows.writeKnown(change.branch(), change.old(), known, json);
    }
    json.writeNull();
    return false;
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
