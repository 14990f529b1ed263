package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the model's views, each with the version of the table's row that it comes from, which
 * a view does not show: what the view's function selects, and {@code xmin} as {@code version}.
 */
final class VersionedRows {
  private static final String BODIES =
      """
      select proname, prosrc from pg_proc
      where pronamespace = 'streams_model'::regnamespace and proname like 'rows\\_of\\_%'""";

  private static final Pattern SELECT = Pattern.compile("(?m)^select$");

  private final Map<String, String> bodies;

  private VersionedRows(Map<String, String> bodies) {
    this.bodies = bodies;
  }

  static VersionedRows read(Handle handle) {
    return new VersionedRows(
        ProductDatabase.pairs(handle.select(BODIES), String.class, String.class));
  }

  /** What stands after {@code from}. */
  String of(String view) {
    String versioned =
        SELECT.matcher(bodies.get("rows_of_" + view)).replaceAll("select xmin::text as version,");
    return "(" + versioned + ")";
  }
}
