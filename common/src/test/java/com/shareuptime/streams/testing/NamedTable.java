package com.shareuptime.streams.testing;

import com.shareuptime.streams.cdc.CdcTable;
import java.util.Locale;
import org.junit.jupiter.params.converter.TypedArgumentConverter;

/** A table that every product has, by its name in the source of a test. */
public final class NamedTable extends TypedArgumentConverter<String, CdcTable> {
  NamedTable() {
    super(String.class, CdcTable.class);
  }

  @Override
  protected CdcTable convert(String name) {
    return CdcTable.FIXED.stream()
        .filter(table -> table.tableName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }
}
