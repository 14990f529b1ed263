package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.mapping.TimestampMicros;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * A row of one table as the connector has it, read as a model wants it: by the place of the column
 * in the catalog. One object is used for each row in turn. Not for several threads.
 */
final class StructRow implements Row {
  private final CatalogTable table;
  private final Kind[] kinds;
  private final boolean[] needed;
  private final Field[] fields;
  private Schema shape;
  private Struct struct;

  /**
   * @param needed columns that a row must have
   */
  StructRow(CatalogTable table, Set<String> needed) {
    List<CatalogColumn> columns = table.columns();
    this.table = table;
    this.kinds = new Kind[columns.size()];
    this.needed = new boolean[columns.size()];
    this.fields = new Field[columns.size()];
    for (int i = 0; i < kinds.length; i++) {
      this.kinds[i] = columns.get(i).type().kind();
      this.needed[i] = needed.contains(columns.get(i).name());
    }
  }

  /**
   * Takes the next row.
   *
   * @throws Refusal if it lacks a column that is needed, or has one of another kind: the table has
   *     been altered
   */
  StructRow of(Struct row) {
    if (row.schema() != shape) {
      take(row.schema());
    }
    struct = row;
    return this;
  }

  private void take(Schema next) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      String name = table.columns().get(i).name();
      fields[i] = next.field(name);
      if (needed[i] && (fields[i] == null || !isOf(kinds[i], fields[i].schema().type()))) {
        wrong.add(name + (fields[i] == null ? " (gone)" : " (of another type)"));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(
          "rows of table %s have been written with other columns than the model needs: %s. Bring these back; then './streams submit ingest --fresh' reads every table anew"
              .formatted(table, String.join(", ", wrong)));
    }
    shape = next;
  }

  private static boolean isOf(Kind kind, Schema.Type type) {
    return switch (kind) {
      case INT2, INT4, INT8 ->
          type == Schema.Type.INT16 || type == Schema.Type.INT32 || type == Schema.Type.INT64;
      case BOOL -> type == Schema.Type.BOOLEAN;
      case OTHER, UNKNOWN -> true; // may be compared with null only
      default -> type == Schema.Type.STRING;
    };
  }

  @Override
  public Object value(int column) {
    Object value = struct.get(fields[column]);
    if (value == null || value instanceof Boolean || value instanceof Long) {
      return value;
    } else if (value instanceof String text) {
      return text(kinds[column], text);
    } else if (value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    return value.toString();
  }

  private static Object text(Kind kind, String text) {
    if (Unlogged.is(text)) {
      return Absent.VALUE;
    }
    return switch (kind) {
      case TIMESTAMP, TIMESTAMPTZ -> TimestampMicros.of(text);
      case NUMERIC -> decimal(text);
      default -> text;
    };
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new EvaluationException("a numeric is " + text);
    }
  }
}
