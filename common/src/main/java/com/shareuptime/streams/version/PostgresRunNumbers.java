package com.shareuptime.streams.version;

import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Run numbers from the sequence {@code streams.run_numbers} of the sink database, and losses from
 * its table {@code streams.sink_losses}.
 */
public record PostgresRunNumbers(PostgresAddress database) implements RunNumbers {
  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String UNDEFINED_TABLE = "42P01";

  private static final String NEWEST =
      "select coalesce(max(number), 0) from streams.run_draws where job = ? and writer = ?";

  private static final String LOSSES =
      "select coalesce(md5(string_agg(surface || '/' || writer, ',' order by surface, writer)), '')"
          + " from streams.sink_losses where starts_with(surface, ? || '.')";

  @Override
  public long next() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("select nextval('streams.run_numbers')")) {
      return number(statement);
    }
  }

  @Override
  public long next(WritingSubtask subtask) throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("select streams.draw_run(?, ?, ?, ?)")) {
      statement.setString(1, subtask.job());
      statement.setString(2, subtask.writer());
      statement.setInt(3, subtask.index());
      statement.setInt(4, subtask.count());
      return number(statement);
    } catch (SQLException e) {
      if (UNDEFINED_FUNCTION.equals(e.getSQLState())) {
        throw new IllegalStateException(
            "the sink database at '%s' has no streams.draw_run yet: run ./streams migrate"
                .formatted(database.url()),
            e);
      }
      throw e;
    }
  }

  @Override
  public long newest(String job, String writer) throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setString(1, job);
      statement.setString(2, writer);
      return number(statement);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public String losses(String job) throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement losses = connection.prepareStatement(LOSSES)) {
      losses.setString(1, job);
      try (ResultSet row = losses.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        throw new IllegalStateException(
            "the sink database lacks the table streams.sink_losses: run ./streams migrate", e);
      }
      throw e;
    }
  }
}
