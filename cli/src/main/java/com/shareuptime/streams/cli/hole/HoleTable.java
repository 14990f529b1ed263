package com.shareuptime.streams.cli.hole;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code streams.ingest_holes} of the product's database. */
public record HoleTable(Database source) {
  private static final String IS_THERE = "select to_regclass('streams.ingest_holes') is not null";

  private static final String HOLES =
      """
      select table_name, row_key,
             format('%s:%s:%s', generation, commit_lsn - '0/0'::pg_lsn, row_lsn - '0/0'::pg_lsn),
             commit_lsn::text, columns, reason, to_json(told_at)#>>'{}', to_json(filled_at)#>>'{}'
      from streams.ingest_holes
      """;

  private static final String ALL = HOLES + "order by told_at, table_name, row_key";
  private static final String ONE = HOLES + "where table_name = ? and row_key = ?";

  private static final String FILLED =
      """
      update streams.ingest_holes
      set filled_at = case when ? then coalesce(filled_at, clock_timestamp()) end
      where table_name = ? and row_key = ?
        and format('%s:%s:%s', generation, commit_lsn - '0/0'::pg_lsn, row_lsn - '0/0'::pg_lsn) = ?
      """;

  /** Those by which a surface lacks something, and that were not filled; none without a source. */
  public static List<Hole> open(Settings settings) {
    return settings.get(AddressKeys.SOURCE_URL).isEmpty()
        ? List.of()
        : new HoleTable(Database.source(settings))
            .all().stream().filter(hole -> hole.isOpen() && !hole.getSurfaces().isEmpty()).toList();
  }

  /** Filled ones, too: a search job that starts anew knows nothing of that. The oldest first. */
  public List<Hole> all() {
    return read(ALL);
  }

  /** Of one row: at most one. */
  public List<Hole> of(String table, long id) {
    return of(table, "{\"id\":" + id + "}");
  }

  List<Hole> of(String table, String key) {
    return read(ONE, table, key);
  }

  /** Notes whether the surfaces show what was missing, unless the row has changed since. */
  void filled(Hole hole, boolean isFilled) {
    try (Connection connection = source.connect();
        PreparedStatement statement = connection.prepareStatement(FILLED)) {
      statement.setBoolean(1, isFilled);
      statement.setString(2, hole.table());
      statement.setString(3, hole.key());
      statement.setString(4, hole.version());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private List<Hole> read(String query, String... parameters) {
    List<Hole> holes = new ArrayList<>();
    try (Connection connection = source.connect()) {
      if (!isThere(connection)) {
        return holes;
      }
      try (PreparedStatement statement = connection.prepareStatement(query)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setString(i + 1, parameters[i]);
        }
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            holes.add(hole(row));
          }
        }
      }
      return holes;
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  /** Of builds before it there are no holes. */
  private static boolean isThere(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_THERE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static Hole hole(ResultSet row) throws SQLException {
    Array columns = row.getArray(5);
    return new Hole(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        columns == null ? null : List.of((String[]) columns.getArray()),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }

  private CommandException unreachable(SQLException cause) {
    return CommandException.unreachable(
        source + " does not answer for streams.ingest_holes: " + cause.getMessage(),
        "Check ./streams status, and that ./streams migrate has created the tables.",
        cause);
  }
}
