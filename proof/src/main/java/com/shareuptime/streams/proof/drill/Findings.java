package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the newest run of reconcile has proven to be wrong.
 *
 * @param expected what the tables have, by {@code surface key}
 */
record Findings(long run, double seconds, Map<String, String> expected) {
  private static final String RUN =
      "select run, extract(epoch from finished_at - started_at)"
          + " from streams.reconcile_runs order by run desc limit 1";
  private static final String PROVEN =
      "select surface || ' ' || key, expected from streams.reconcile_findings"
          + " where kind <> 'unverified' and run = ";

  static Findings read(Addresses addresses) throws SQLException {
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement()) {
      long run;
      double seconds;
      try (ResultSet row = statement.executeQuery(RUN)) {
        row.next();
        run = row.getLong(1);
        seconds = row.getDouble(2);
      }
      Map<String, String> expected = new HashMap<>();
      try (ResultSet row = statement.executeQuery(PROVEN + run)) {
        while (row.next()) {
          expected.put(row.getString(1), row.getString(2));
        }
      }
      return new Findings(run, seconds, expected);
    }
  }

  boolean contain(CorruptEntry row) {
    String words = expected.get(place(row));
    return words != null && (row.entry() == 0 || words.contains(row.entry() + " of author"));
  }

  /** Where nobody has spoiled anything. */
  Set<String> elsewhereThan(Iterable<CorruptEntry> rows) {
    Set<String> elsewhere = new HashSet<>(expected.keySet());
    rows.forEach(row -> elsewhere.remove(place(row)));
    return elsewhere;
  }

  private static String place(CorruptEntry row) {
    return row.surface() + " " + row.key();
  }
}
