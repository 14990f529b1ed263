package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.cdc.Unlogged;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.relational.Column;
import io.debezium.relational.DefaultValueConverter;
import io.debezium.relational.RelationalDatabaseSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.ValueConverter;
import io.debezium.relational.ValueConverterProvider;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * What becomes of each value, given the text that Postgres writes for it: numbers of a fixed width
 * and booleans are those, and whatever is of another type stays text. So nothing that Postgres can
 * store fails here. The connector's own converters know each type, and do fail: at a numeric
 * Infinity, at a time before or after the years that Java's epoch in nanoseconds reaches, also in a
 * column that no job reads.
 */
final class TextValues implements ValueConverterProvider {
  private static final int BOOL = 16;
  private static final int INT8 = 20;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int FLOAT4 = 700;
  private static final int FLOAT8 = 701;

  /** Defaults of columns are no part of a record, and cannot all be parsed. */
  private static final DefaultValueConverter NO_DEFAULTS = (column, expression) -> Optional.empty();

  private TextValues() {}

  /**
   * Puts these in the place of the connector's converters, for tables that it reads from now on.
   */
  static void install(PostgresSchema schema) {
    Object builder = PrivateField.read(RelationalDatabaseSchema.class, "schemaBuilder", schema);
    PrivateField.write(
        TableSchemaBuilder.class, "valueConverterProvider", builder, new TextValues());
    PrivateField.write(TableSchemaBuilder.class, "defaultValueConverter", builder, NO_DEFAULTS);
  }

  /** All optional: of an old row that is not known whole, columns are missing. */
  @Override
  public SchemaBuilder schemaBuilder(Column column) {
    Schema.Type type =
        switch (column.nativeType()) {
          case BOOL -> Schema.Type.BOOLEAN;
          case INT2 -> Schema.Type.INT16;
          case INT4 -> Schema.Type.INT32;
          case INT8 -> Schema.Type.INT64;
          case FLOAT4 -> Schema.Type.FLOAT32;
          case FLOAT8 -> Schema.Type.FLOAT64;
          default -> Schema.Type.STRING;
        };
    return new SchemaBuilder(type).optional();
  }

  @Override
  public ValueConverter converter(Column column, Field field) {
    return switch (column.nativeType()) {
      case BOOL -> value -> value == null ? null : value.equals("t");
      case INT2 -> value -> value == null ? null : Short.valueOf((String) value);
      case INT4 -> value -> value == null ? null : Integer.valueOf((String) value);
      case INT8 -> value -> value == null ? null : Long.valueOf((String) value);
      case FLOAT4 -> value -> value == null ? null : Float.valueOf((String) value);
      case FLOAT8 -> value -> value == null ? null : Double.valueOf((String) value);
      default -> TextValues::text;
    };
  }

  /** Only values that have no fixed width can be out of line, and so unknown. */
  private static Object text(Object value) {
    return value == UnchangedToastedReplicationMessageColumn.UNCHANGED_TOAST_VALUE
        ? Unlogged.PLACEHOLDER
        : value;
  }
}
