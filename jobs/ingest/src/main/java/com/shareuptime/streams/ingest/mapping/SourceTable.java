package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.model.expression.SqlText;
import java.io.Serializable;

/** A table of the source database, by its names as the catalog has them. */
public record SourceTable(String schema, String name) implements Serializable {

  /** As statements name it. */
  public String sqlName() {
    return quoted(schema) + "." + quoted(name);
  }

  private static String quoted(String identifier) {
    return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : SqlText.identifier(identifier);
  }

  /** As messages and {@code streams.published_tables} name it. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
