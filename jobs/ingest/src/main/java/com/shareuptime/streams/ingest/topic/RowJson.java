package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes rows of one shape as JSON objects, columns in the table's order. */
final class RowJson {
  private final Schema schema;
  private final Field[] fields;
  private final SerializedString[] names;

  RowJson(Schema schema) {
    this(schema, schema.fields());
  }

  private RowJson(Schema schema, List<Field> fields) {
    this.schema = schema;
    this.fields = fields.toArray(Field[]::new);
    this.names =
        fields.stream().map(f -> new SerializedString(f.name())).toArray(SerializedString[]::new);
  }

  /** Of rows of {@code schema}, only the columns that {@code key} has too. */
  static RowJson onlyKey(Schema schema, Schema key) {
    return new RowJson(
        schema, schema.fields().stream().filter(f -> key.field(f.name()) != null).toList());
  }

  boolean isOf(Schema other) {
    return schema == other;
  }

  void write(Struct row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < fields.length; i++) {
      json.writeFieldName(names[i]);
      writeValue(row.getWithoutDefault(fields[i].name()), json);
    }
    json.writeEndObject();
  }

  private static void writeValue(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      json.writeNumber(((Number) value).intValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeString(number.toPlainString());
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      json.writeBinary(copy);
    } else if (value instanceof Collection<?> values) {
      json.writeStartArray();
      for (Object element : values) {
        writeValue(element, json);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> entries) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        writeValue(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Struct struct) {
      new RowJson(struct.schema()).write(struct, json);
    } else {
      throw new IOException("no JSON for a value of " + value.getClass());
    }
  }
}
