package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.sink.Confirmations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code streams.sink_marks}: of each writer of a surface, how many of its batches
 * Postgres has. A number is committed after its batch, so whoever has the number has the batch.
 */
record PostgresNumbers(Connection connection, String surface) implements Confirmations.Numbers {
  private static final String NOTE =
      "update streams.sink_marks set sequence = ?, noted_at = now()"
          + " where surface = ? and writer = ? and sequence >= ?";

  private static final String SET =
      "insert into streams.sink_marks (surface, writer, sequence) values (?, ?, ?)"
          + " on conflict (surface, writer) do update"
          + " set sequence = excluded.sequence, noted_at = now()";

  private static final String READ =
      "select writer, sequence from streams.sink_marks where surface = ? and writer = any (?)";

  /** Longer than any checkpoint or savepoint is restored from. */
  private static final String FORGET_OLD =
      "delete from streams.sink_marks where surface = ? and noted_at < now() - interval '30 days'";

  /**
   * Sets the number of a writer, unless Postgres holds less than expected.
   *
   * @return {@code expected}, or the lower number that Postgres holds
   */
  long note(String writer, long expected, long number) throws SQLException {
    try (PreparedStatement note = connection.prepareStatement(NOTE)) {
      note.setLong(1, number);
      note.setString(2, surface);
      note.setString(3, writer);
      note.setLong(4, expected);
      if (note.executeUpdate() == 1) {
        return expected;
      }
    }
    return read(List.of(writer)).getOrDefault(writer, Confirmations.UNKNOWN);
  }

  @Override
  public Map<String, Long> read(Collection<String> writers) throws SQLException {
    Map<String, Long> numbers = new HashMap<>();
    try (PreparedStatement read = connection.prepareStatement(READ)) {
      read.setString(1, surface);
      read.setArray(2, connection.createArrayOf("text", writers.toArray()));
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          numbers.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return numbers;
  }

  @Override
  public void set(String writer, long number) throws SQLException {
    if (number == 0) {
      try (PreparedStatement forget = connection.prepareStatement(FORGET_OLD)) {
        forget.setString(1, surface);
        forget.executeUpdate();
      }
    }
    try (PreparedStatement set = connection.prepareStatement(SET)) {
      set.setString(1, surface);
      set.setString(2, writer);
      set.setLong(3, number);
      set.executeUpdate();
    }
  }
}
