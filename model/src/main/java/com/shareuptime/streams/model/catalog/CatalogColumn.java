package com.shareuptime.streams.model.catalog;

import java.util.List;

/**
 * A column of a table.
 *
 * @param nullable whether null may stand in it
 * @param generated the expression that computes it; null for an ordinary column
 * @param values all that a check lets it have; empty if there is no such check
 */
public record CatalogColumn(
    String name, SqlType type, boolean nullable, String generated, List<String> values) {
  public CatalogColumn {
    values = List.copyOf(values);
  }

  public static CatalogColumn of(String name, SqlType type, boolean nullable) {
    return new CatalogColumn(name, type, nullable, null, List.of());
  }

  /** The same where a check lets it have these alone. */
  public CatalogColumn withValues(List<String> all) {
    return new CatalogColumn(name, type, nullable, generated, all);
  }

  public boolean isGenerated() {
    return generated != null;
  }
}
