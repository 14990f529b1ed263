package com.shareuptime.streams.ingest.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables that ingest reads, as the database has them at this moment. A name may come to mean
 * another table than the one that is published, as in an online migration that fills {@code
 * shares_new} and then gives it the name {@code shares}: the stream goes on, and lacks what is
 * written from then on.
 */
public final class PublishedTables {
  private static final String ASK =
      "select table_name, relation, columns, problem, mend from streams.published_tables(?)";

  /** For what has been written to a table that the stream does not have, there is no other way. */
  private static final String FRESH =
      " then './streams submit ingest --fresh' reads every table anew";

  /**
   * @param name with its schema
   * @param relation its oid, 0 for none
   * @param columns that jobs need
   * @param problem null if there is none
   */
  private record Table(
      String name, long relation, List<String> columns, String problem, String mend) {}

  private final List<Table> tables;

  private PublishedTables(List<Table> tables) {
    this.tables = tables;
  }

  /** Asks for them: one short query. */
  public static PublishedTables ask(Connection connection, String publication) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ASK)) {
      statement.setString(1, publication);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.add(
              new Table(
                  row.getString(1),
                  row.getLong(2),
                  List.of((String[]) row.getArray(3).getArray()),
                  row.getString(4),
                  row.getString(5)));
        }
      }
    }
    return new PublishedTables(tables);
  }

  /** What is wrong, each with what mends it; empty if all is well. */
  public List<String> problems() {
    return tables.stream()
        .filter(table -> table.problem != null)
        .map(table -> "table %s %s: %s".formatted(table.name, table.problem, table.mend))
        .toList();
  }

  /** The oid of each table. */
  public Map<String, Long> relations() {
    return tables.stream().collect(Collectors.toMap(Table::name, Table::relation));
  }

  /** The columns of each table that jobs need. */
  public Map<String, List<String>> columns() {
    return tables.stream().collect(Collectors.toMap(Table::name, Table::columns));
  }

  /**
   * Why what is read is no longer what is in the tables; null if it is.
   *
   * @param relations the oids that are read; a table that is not among them is not compared
   */
  public String changedSince(Map<String, Long> relations) {
    Function<Table, String> change =
        table -> {
          if (table.problem != null) {
            return "table %s %s: %s%s".formatted(table.name, table.problem, table.mend, FRESH);
          }
          Long read = relations.get(table.name);
          return read == null || read == table.relation
              ? null
              : "table %s is another than the one that was read, which had the oid %d: its rows came into it unseen;%s"
                  .formatted(table.name, read, FRESH);
        };
    List<String> changes = tables.stream().map(change).filter(text -> text != null).toList();
    return changes.isEmpty() ? null : String.join("\n", changes);
  }
}
