package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

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
          + " where kind <> 'unverified' and run = ?";

  static Findings read(Addresses addresses) {
    return ProductDatabase.at(addresses)
        .withHandle(
            handle ->
                handle
                    .select(RUN)
                    .map((row, context) -> of(handle, row.getLong(1), row.getDouble(2)))
                    .one());
  }

  private static Findings of(Handle handle, long run, double seconds) {
    return new Findings(
        run,
        seconds,
        ProductDatabase.pairs(handle.select(PROVEN, run), String.class, String.class));
  }

  boolean contain(CorruptEntry row) {
    String words = expected.get(place(row));
    return words != null && (row.entry() == null || words.contains(row.entry() + " of author"));
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
