package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Spells bulk requests: a line that says what to do, then the document. */
final class BulkRequest {
  private static final JsonFactory JSON = new JsonFactory();

  private BulkRequest() {}

  static byte[] of(List<BulkItem> items) {
    int size = items.stream().mapToInt(BulkItem::size).sum();
    ByteArrayOutputStream body = new ByteArrayOutputStream(size);
    for (BulkItem item : items) {
      body.writeBytes(action(item));
      body.write('\n');
      if (item.json() != null) {
        body.writeBytes(item.json());
        body.write('\n');
      }
    }
    return body.toByteArray();
  }

  private static byte[] action(BulkItem item) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeObjectFieldStart(item.json() == null ? "delete" : "index");
      json.writeStringField("_index", item.index());
      json.writeStringField("_id", item.id());
      json.writeNumberField("version", item.version());
      json.writeStringField("version_type", "external");
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a bulk action cannot be spelled", e);
    }
    return line.toByteArray();
  }
}
