package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.truth.WalPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is committed, and whether a surface shows it.
 *
 * @param source the product's database
 * @param sink where the progress of the surfaces is
 */
public record Commits(Database source, Database sink) {
  private static final String PROGRESS =
      """
      select visible_lsn, visible_at, greatest(?::pg_lsn - visible_lsn, 0),
             (extract(epoch from now() - visible_at) * 1000)::bigint
      from streams.pipeline_progress where surface = ? and visible_lsn is not null
      """;

  /** All that was committed before the call is at or before this. */
  public String position() throws SQLException {
    try (Connection connection = source.connect()) {
      return WalPosition.read(connection).toString();
    }
  }

  /** How far a surface is, seen from a position; empty if it never told. */
  public Optional<SurfaceLag> progress(String surface, String position) throws SQLException {
    try (Connection connection = sink.connect();
        PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
      statement.setString(1, position);
      statement.setString(2, surface);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new SurfaceLag(
                    surface,
                    row.getString(1),
                    row.getTimestamp(2).toInstant().toString(),
                    row.getLong(3),
                    row.getLong(4)))
            : Optional.empty();
      }
    }
  }

  /** Whether a surface shows all that was committed at a position, at last after the patience. */
  public boolean awaitSurface(String surface, String position, Duration patience)
      throws SQLException {
    try (Connection connection = sink.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select streams.wait_for(?, ?::pg_lsn, ? * interval '1 millisecond')")) {
      statement.setString(1, surface);
      statement.setString(2, position);
      statement.setLong(3, patience.toMillis());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
