package com.shareuptime.streams.model.catalog;

import com.shareuptime.streams.model.expression.SqlText;
import java.util.Collection;
import java.util.List;

/**
 * A table.
 *
 * @param columns in the order of the table
 * @param primaryKey its columns in the order of the key; empty without one
 * @param identity what the stream carries of an old row
 * @param identityIndex the columns of the index that is the identity; empty with another identity
 * @param uniqueIndexes without a condition and over columns alone, but for the primary key
 * @param foreignKeys of one column each
 */
public record CatalogTable(
    String schema,
    String name,
    List<CatalogColumn> columns,
    List<String> primaryKey,
    ReplicaIdentity identity,
    List<String> identityIndex,
    List<UniqueIndex> uniqueIndexes,
    List<ForeignKey> foreignKeys) {

  /** {@code replica identity} of a table. */
  public enum ReplicaIdentity {
    /** The primary key, if there is one; with an index that holds it also other columns. */
    DEFAULT,
    /** Columns without the primary key. */
    INDEX,
    FULL,
    NOTHING
  }

  public record UniqueIndex(String name, List<String> columns) {
    public UniqueIndex {
      columns = List.copyOf(columns);
    }
  }

  /** A column that names a row of another table. */
  public record ForeignKey(String column, String schema, String table, String target) {}

  public CatalogTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    identityIndex = List.copyOf(identityIndex);
    uniqueIndexes = List.copyOf(uniqueIndexes);
    foreignKeys = List.copyOf(foreignKeys);
  }

  /** A table with its primary key and nothing else of note. */
  public static CatalogTable of(
      String schema, String name, List<CatalogColumn> columns, List<String> primaryKey) {
    return new CatalogTable(
        schema,
        name,
        columns,
        primaryKey,
        ReplicaIdentity.DEFAULT,
        List.of(),
        List.of(),
        List.of());
  }

  /** The same table after its replica identity has been changed to one that is no index. */
  public CatalogTable withIdentity(ReplicaIdentity other) {
    return new CatalogTable(
        schema, name, columns, primaryKey, other, List.of(), uniqueIndexes, foreignKeys);
  }

  /** Whether the stream carries these columns of each row that is deleted. */
  public boolean carriesOld(Collection<String> names) {
    return switch (identity) {
      case FULL -> true;
      case DEFAULT -> primaryKey.containsAll(names);
      case INDEX -> identityIndex.containsAll(names);
      case NOTHING -> false;
    };
  }

  /** With its schema, as statements name it. */
  public String sqlName() {
    return SqlText.identifier(schema) + "." + SqlText.identifier(name);
  }

  /** The place of a column, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  public boolean isIdentityFull() {
    return identity == ReplicaIdentity.FULL;
  }

  /** The table that a column names by a foreign key, or null. */
  public ForeignKey foreignKey(String column) {
    for (ForeignKey key : foreignKeys) {
      if (key.column().equals(column)) {
        return key;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
