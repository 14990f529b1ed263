package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.StoreMark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * For a surface whose job knows all that belongs there: the loss is noted in {@code
 * streams.sink_losses}, and the job starts again from its newest checkpoint; it finds a loss there
 * that it has not made good yet, and writes all that it knows before it lets time pass ({@link
 * com.shareuptime.streams.version.RunNumbers#losses}).
 *
 * @param database the sink database, whatever store has lost something
 */
public record AllWrittenAgain(PostgresAddress database, String surface) implements LostWrites {
  private static final String KNOWN =
      "select 1 from streams.sink_losses where surface = ? and writer = any (?) limit 1";

  private static final String NOTE =
      "insert into streams.sink_losses (surface, writer, confirmed) values (?, ?, ?)"
          + " on conflict (surface, writer) do nothing";

  /**
   * One loss that is known already stands for all: it was noted after the checkpoint that names
   * these writers, so the run that was restored from it writes all again.
   */
  @Override
  public boolean makeGood(List<StoreMark> lost) throws SQLException {
    try (Connection connection = database.connect()) {
      if (isKnown(connection, lost)) {
        return true;
      }
      try (PreparedStatement note = connection.prepareStatement(NOTE)) {
        for (StoreMark mark : lost) {
          note.setString(1, surface);
          note.setString(2, mark.writer());
          note.setLong(3, mark.sequence());
          note.addBatch();
        }
        note.executeBatch();
      }
    }
    throw new AllMustBeWritten(
        surface
            + " lacks writes that it had confirmed: the job starts again and writes all it knows");
  }

  private boolean isKnown(Connection connection, List<StoreMark> lost) throws SQLException {
    try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
      known.setString(1, surface);
      known.setArray(
          2, connection.createArrayOf("text", lost.stream().map(StoreMark::writer).toArray()));
      try (ResultSet row = known.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public String advice() {
    return "nothing, as the job starts again and writes all it knows";
  }
}
