package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The end of the product's write-ahead log. */
public final class WalPosition {
  private WalPosition() {}

  /**
   * All that was committed before the call is at or before this: the token of whoever reads his own
   * writes. It moves on under a snapshot too.
   */
  public static Lsn read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_current_wal_insert_lsn()")) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }
}
