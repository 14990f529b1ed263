package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Which server answers at the source's address, and how far its log goes. */
public final class SourceServer {
  private static final Map<String, String> REPLICATION =
      Map.of(
          "replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "10");

  private final PostgresAddress address;
  private final long system;
  private final long timeline;
  private final long end;
  private final long beat;

  private SourceServer(PostgresAddress address, long system, long timeline, long end, long beat) {
    this.address = address;
    this.system = system;
    this.timeline = timeline;
    this.end = end;
    this.beat = beat;
  }

  /**
   * Asks the server.
   *
   * @param beatRow the row of the heartbeat
   * @throws IllegalStateException if it cannot be asked now
   */
  public static SourceServer ask(PostgresAddress address, int beatRow) {
    try (Connection connection = StartChecks.connect(address, REPLICATION);
        Statement statement = connection.createStatement()) {
      long beat = beat(statement, beatRow);
      try (ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
        row.next();
        return new SourceServer(
            address,
            Long.parseUnsignedLong(row.getString("systemid")),
            row.getLong("timeline"),
            Lsn.parse(row.getString("xlogpos")).position(),
            beat);
      }
    } catch (SQLException e) {
      throw StartChecks.unreachable(address, e);
    }
  }

  private static long beat(Statement statement, int beatRow) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select lsn from streams.pipeline_heartbeat where id = " + beatRow)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What a checkpoint that has read nothing yet knows of this server. */
  public SeenServer seen(long position) {
    return new SeenServer(system, timeline, position, 0);
  }

  /** The end of the log that is safe on disk. */
  public long end() {
    return end;
  }

  /**
   * Checks that the server still has all that was read from it.
   *
   * @throws Refusal if it may have gone back: then rows may be in the topics that are in no table,
   *     and positions mean other changes than before
   */
  public void require(SeenServer seen) {
    if (seen.system() != system) {
      throw gone("is another server than the one that the checkpoint has read");
    }
    if (seen.timeline() != timeline) {
      // whether it has what was written to the topics since the checkpoint cannot be known
      throw gone("is on timeline %d, the checkpoint's is %d".formatted(timeline, seen.timeline()));
    }
    if (end < seen.position()) {
      throw gone(
          "is at %s, and the checkpoint has read %s"
              .formatted(new Lsn(end), new Lsn(seen.position())));
    }
    if (beat < seen.beat()) {
      throw gone(
          "holds the heartbeat of %s, and the checkpoint has read that of %s"
              .formatted(new Lsn(beat), new Lsn(seen.beat())));
    }
  }

  private Refusal gone(String how) {
    return new Refusal(
        "Postgres at %s %s: it may lack changes that were read, as after a fail-over to a standby that was behind, or a restored volume; './streams submit ingest --fresh' reads every table anew"
            .formatted(address.url(), how));
  }
}
