package com.shareuptime.streams.model.catalog;

/**
 * A column of a table.
 *
 * @param nullable whether null may stand in it
 * @param generated the expression that computes it; null for an ordinary column
 */
public record CatalogColumn(String name, SqlType type, boolean nullable, String generated) {
  public static CatalogColumn of(String name, SqlType type, boolean nullable) {
    return new CatalogColumn(name, type, nullable, null);
  }

  public boolean isGenerated() {
    return generated != null;
  }
}
