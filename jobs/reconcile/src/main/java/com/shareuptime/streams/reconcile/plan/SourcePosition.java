package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.truth.WalPosition;
import java.sql.Connection;
import java.sql.SQLException;

/** Positions of the source, as what was read from it may be said to contain. */
public final class SourcePosition {
  private SourcePosition() {}

  /**
   * The last position of which all is in whatever is read from now on: each commit whose client was
   * told of it had a token at or below this one. It is one less than the log's end, as a commit may
   * be in the log that nobody can see yet, and whose client's token will be that very end.
   *
   * @param connection whose next snapshot is still to be taken: in a transaction that keeps one,
   *     end it after this
   */
  public static long before(Connection connection) throws SQLException {
    return WalPosition.read(connection).position() - 1;
  }
}
