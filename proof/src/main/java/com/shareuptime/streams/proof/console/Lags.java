package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.proof.console.LiveStatus.SurfaceLag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How far behind the surfaces are, by {@code pipeline_progress}. */
final class Lags {
  private static final String PROGRESS =
      "select surface, visible_lsn, extract(epoch from clock_timestamp() - visible_at) * 1000"
          + " from streams.pipeline_progress order by surface";

  private Lags() {}

  static List<SurfaceLag> read(Connection connection) throws SQLException {
    List<SurfaceLag> lags = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PROGRESS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String lsn = row.getString(2);
        lags.add(
            new SurfaceLag(
                row.getString(1), lsn == null ? "" : lsn, lsn == null ? -1 : row.getLong(3)));
      }
    }
    return lags;
  }
}
