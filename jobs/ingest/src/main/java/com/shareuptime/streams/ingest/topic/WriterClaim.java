package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.PostgresAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a new writer whether an earlier one may still be sending. Each writer leaves the number of
 * its process in the heartbeat's table; if the number is its own process's, and the earlier writer
 * there has closed its producer, nothing can come late. Without this every restart would have to
 * wait as long as a producer keeps trying.
 *
 * <p>The row is published: so a stream that starts has something to say at once, which the
 * connector waits for.
 */
final class WriterClaim {
  private static final long PROCESS = new SecureRandom().nextLong() & Long.MAX_VALUE;
  private static final int CLAIM_ROW = 0;

  /** Slots whose writer in this process is the only one that may send. */
  private static final Set<String> ALONE = ConcurrentHashMap.newKeySet();

  /** Slots whose last writer in this process was alone and has sent all that it ever will. */
  private static final Set<String> QUIET = ConcurrentHashMap.newKeySet();

  private static final String PREVIOUS =
      "select lsn from streams.pipeline_heartbeat where id = " + CLAIM_ROW;
  private static final String CLAIM =
      "insert into streams.pipeline_heartbeat (id, beat_at, lsn) values ("
          + CLAIM_ROW
          + ", clock_timestamp(), ?) on conflict (id) do update set beat_at = excluded.beat_at, lsn = excluded.lsn";

  private WriterClaim() {}

  /**
   * Takes the topics over.
   *
   * @return whether an earlier writer may still be sending
   */
  static boolean take(PostgresAddress database, String slot) {
    try (Connection connection = StartChecks.connect(database);
        PreparedStatement previous = connection.prepareStatement(PREVIOUS);
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      boolean othersMaySend;
      try (ResultSet row = previous.executeQuery()) {
        othersMaySend = row.next() && !(row.getLong(1) == PROCESS && QUIET.contains(slot));
      }
      claim.setLong(1, PROCESS);
      claim.executeUpdate();
      QUIET.remove(slot);
      if (!othersMaySend) {
        alone(slot);
      }
      return othersMaySend;
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /** To be called by a writer that has waited for those before it. */
  static void alone(String slot) {
    ALONE.add(slot);
  }

  /** To be called when a writer's producer has closed. */
  static void closed(String slot) {
    if (ALONE.remove(slot)) {
      QUIET.add(slot);
    }
  }
}
