package com.shareuptime.streams.search;

import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.PostgresAddress;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The indexes that one run of the job writes, at most one a type: readers name aliases, writers the
 * index itself. The table {@code streams.search_indexes} says which run writes what.
 */
public record SearchTargets(Map<DocumentType, String> indexes) implements Serializable {

  public SearchTargets {
    indexes = Map.copyOf(indexes);
  }

  /**
   * Those of a run.
   *
   * @throws OptionException if there are none, or the table cannot be read
   */
  static SearchTargets of(PostgresAddress database, String run) {
    Map<DocumentType, String> indexes = new EnumMap<>(DocumentType.class);
    try (Connection connection = database.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select alias, name from streams.search_indexes where writer = ?")) {
      query.setString(1, run);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          indexes.put(DocumentType.ofAlias(row.getString(1)), row.getString(2));
        }
      }
    } catch (SQLException e) {
      throw new OptionException(
          "Cannot read from streams.search_indexes at %s which indexes are written: %s. Is the address right, and has ./streams migrate run?"
              .formatted(database.url(), e.getMessage()));
    }
    if (indexes.isEmpty()) {
      throw new OptionException(
          "No index is to be written by '%s' (option %s), says streams.search_indexes. Run ./streams migrate, which makes the first ones; a run beside 'search' is started by ./streams reindex."
              .formatted(run, SearchOptions.RUN.key()));
    }
    return new SearchTargets(indexes);
  }

  /** The types that have an index. */
  public Set<DocumentType> types() {
    return indexes.keySet();
  }

  /** The index that documents of a type are written to. */
  public String index(DocumentType type) {
    return indexes.get(type);
  }
}
