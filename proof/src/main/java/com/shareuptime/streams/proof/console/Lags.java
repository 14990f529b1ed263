package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.proof.console.LiveStatus.SurfaceLag;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How far behind the surfaces are, by {@code pipeline_progress}. */
final class Lags {
  private static final String PROGRESS =
      "select surface, visible_lsn, extract(epoch from clock_timestamp() - visible_at) * 1000"
          + " from streams.pipeline_progress order by surface";

  private Lags() {}

  static List<SurfaceLag> read(Handle handle) {
    return handle
        .select(PROGRESS)
        .map(
            (row, context) -> {
              String lsn = row.getString(2);
              return new SurfaceLag(
                  row.getString(1), lsn == null ? "" : lsn, lsn == null ? -1 : row.getLong(3));
            })
        .list();
  }
}
