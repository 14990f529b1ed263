package com.shareuptime.streams.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class StructRowTest {
  private static final CatalogTable TABLE =
      CatalogTable.of(
          "public",
          "things",
          List.of(
              column("id", SqlType.INT4),
              column("small", SqlType.INT2),
              column("large", SqlType.INT8),
              column("is", SqlType.BOOL),
              column("code", SqlType.character(5)),
              column("uuid", SqlType.UUID),
              column("sum", SqlType.NUMERIC),
              column("at", SqlType.TIMESTAMPTZ),
              column("local", SqlType.TIMESTAMP),
              column("tags", SqlType.of(Kind.ARRAY, "text[]")),
              column("text", SqlType.TEXT),
              column("ratio", SqlType.of(Kind.OTHER, "double precision"))),
          List.of("id"));
  private static final Schema SHAPE =
      SchemaBuilder.struct()
          .field("added", Schema.OPTIONAL_STRING_SCHEMA) // moves the others
          .field("id", Schema.OPTIONAL_INT32_SCHEMA)
          .field("small", Schema.OPTIONAL_INT16_SCHEMA)
          .field("large", Schema.OPTIONAL_INT64_SCHEMA)
          .field("is", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("code", Schema.OPTIONAL_STRING_SCHEMA)
          .field("uuid", Schema.OPTIONAL_STRING_SCHEMA)
          .field("sum", Schema.OPTIONAL_STRING_SCHEMA)
          .field("at", Schema.OPTIONAL_STRING_SCHEMA)
          .field("local", Schema.OPTIONAL_STRING_SCHEMA)
          .field("tags", Schema.OPTIONAL_STRING_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ratio", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .build();

  private static CatalogColumn column(String name, SqlType type) {
    return CatalogColumn.of(name, type, true);
  }

  private static Object value(StructRow row, String column) {
    return row.value(TABLE.indexOf(column));
  }

  @Test
  void valuesAreAsTheModelWantsThem() {
    StructRow row =
        new StructRow(TABLE, Set.of("id"))
            .of(
                new Struct(SHAPE)
                    .put("id", 7)
                    .put("small", (short) -1)
                    .put("large", Long.MAX_VALUE)
                    .put("is", true)
                    .put("code", "ab   ")
                    .put("uuid", "6f1c9b5e-0d7a-4f3e-9a55-1b2c3d4e5f60")
                    .put("sum", "-12.50")
                    .put("at", "2026-01-31 23:33:34.5+01")
                    .put("local", "-infinity")
                    .put("tags", "{a,b}")
                    .put("text", Unlogged.PLACEHOLDER)
                    .put("ratio", 0.5));

    assertThat(value(row, "id")).isEqualTo(7L);
    assertThat(value(row, "small")).isEqualTo(-1L);
    assertThat(value(row, "large")).isEqualTo(Long.MAX_VALUE);
    assertThat(value(row, "is")).isEqualTo(true);
    assertThat(value(row, "code")).isEqualTo("ab   ");
    assertThat(value(row, "uuid")).isEqualTo("6f1c9b5e-0d7a-4f3e-9a55-1b2c3d4e5f60");
    assertThat(value(row, "sum")).isEqualTo(new BigDecimal("-12.50"));
    assertThat(value(row, "at")).isEqualTo(1_769_898_814_500_000L);
    assertThat(value(row, "local")).isEqualTo(Long.MIN_VALUE);
    assertThat(value(row, "tags")).isEqualTo("{a,b}");
    assertThat(value(row, "text")).isEqualTo(Absent.VALUE);
    assertThat(value(row, "ratio")).isNotNull();
    assertThat(value(row.of(new Struct(SHAPE)), "id")).isNull();
  }

  @Test
  void aNumberThatNoDecimalIsCannotBeComputed() {
    StructRow row = new StructRow(TABLE, Set.of()).of(new Struct(SHAPE).put("sum", "NaN"));

    assertThatThrownBy(() -> value(row, "sum")).isInstanceOf(EvaluationException.class);
  }

  @Test
  void aColumnThatIsGoneOrOfAnotherTypeIsRefusedIfItIsNeeded() {
    Schema altered =
        SchemaBuilder.struct()
            .field("id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("large", Schema.OPTIONAL_INT32_SCHEMA)
            .build();

    new StructRow(TABLE, Set.of("large")).of(new Struct(altered));
    assertThatThrownBy(() -> new StructRow(TABLE, Set.of("id", "text")).of(new Struct(altered)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("table public.things")
        .hasMessageContaining("id (of another type), text (gone)");
  }
}
