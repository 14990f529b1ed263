package com.shareuptime.streams.ingest.topic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.shareuptime.streams.cdc.Unlogged;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
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

  /**
   * Writes a row.
   *
   * @return whether a text is a placeholder, or may be taken for one
   */
  boolean write(Struct row, JsonGenerator json) throws IOException {
    return writeWithout(List.of(), row, json);
  }

  /** Texts of a row, the longest first, without those of its key. */
  static List<String> largest(Struct row, Schema key) {
    return row.schema().fields().stream()
        .filter(
            f -> key.field(f.name()) == null && row.getWithoutDefault(f.name()) instanceof String)
        .sorted(
            Comparator.comparingInt(
                (Field f) -> -((String) row.getWithoutDefault(f.name())).length()))
        .map(Field::name)
        .toList();
  }

  /** The same, with some texts as if Postgres had not sent them: readers keep what they had. */
  boolean writeWithout(List<String> columns, Struct row, JsonGenerator json) throws IOException {
    boolean doubtful = false;
    json.writeStartObject();
    for (int i = 0; i < fields.length; i++) {
      json.writeFieldName(names[i]);
      String name = fields[i].name();
      doubtful |=
          writeValue(
              columns.contains(name) ? Unlogged.PLACEHOLDER : row.getWithoutDefault(name), json);
    }
    json.writeEndObject();
    return doubtful;
  }

  private static boolean writeValue(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
      return Unlogged.mayBeTaken(text);
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
    } else {
      throw new IOException("no JSON for a value of " + value.getClass());
    }
    return false;
  }
}
