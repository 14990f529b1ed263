package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.PostgresAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tells a writer that was frozen before it had written anything that another has begun meanwhile:
 * each leaves a number of its own in the heartbeat's table as it is made, and looks whether it is
 * still there once no earlier one can write.
 *
 * <p>The row is published: so a stream that starts has something to say at once, which the
 * connector waits for.
 *
 * @param number of the writer
 */
record WriterClaim(PostgresAddress database, String slot, long number) {
  private static final SecureRandom NUMBERS = new SecureRandom();

  private static final String NEWEST =
      "select lsn from streams.pipeline_heartbeat where id = ? and lsn = ?";
  private static final String CLAIM =
      """
      insert into streams.pipeline_heartbeat (id, beat_at, lsn) values (?, clock_timestamp(), ?)
      on conflict (id) do update set beat_at = excluded.beat_at, lsn = excluded.lsn
      """;

  /** Claims the topics for a new writer. */
  static WriterClaim take(PostgresAddress database, String slot) {
    WriterClaim claim = new WriterClaim(database, slot, NUMBERS.nextLong() & Long.MAX_VALUE);
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      claim.set(statement);
      statement.executeUpdate();
      return claim;
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /**
   * Checks that no other writer has been made since.
   *
   * @throws IllegalStateException if one has
   */
  void require() {
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      set(statement);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(
              "another ingest of slot '%s' has begun since this one was started".formatted(slot));
        }
      }
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /** Rows of beats have positive numbers. */
  private void set(PreparedStatement statement) throws SQLException {
    statement.setInt(1, -1 - (slot.hashCode() & Integer.MAX_VALUE));
    statement.setLong(2, number);
  }
}
