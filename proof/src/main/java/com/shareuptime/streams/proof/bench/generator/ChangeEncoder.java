package com.shareuptime.streams.proof.bench.generator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.shareuptime.streams.contract.cdc.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Puts rows that are JSON into envelopes, as the ingest job does. Not thread-safe. */
public final class ChangeEncoder {
  /** The generation that all rows belong to: the first snapshot's. */
  public static final long GENERATION = 1L << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator json;

  public ChangeEncoder() {
    try {
      json = new JsonFactory().createGenerator(bytes);
      json.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A change that was alone in its commit.
   *
   * @param row after the change
   */
  public byte[] change(String row, String table, String op, long lsn, long atMillis) {
    try {
      Envelope.begin(json);
      json.writeNull();
      Envelope.after(json);
      json.writeRawValue(row);
      Envelope.end(
          json,
          new Envelope.Source("shareuptime", "public", table, lsn, lsn, GENERATION, atMillis, null),
          op,
          atMillis);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] change = bytes.toByteArray();
    bytes.reset();
    return change;
  }
}
