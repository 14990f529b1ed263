package com.shareuptime.streams.reconcile.run;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Ends a run once all of its buckets are compared: sums up, and moves {@code verified_lsn} of the
 * surfaces of which every bucket was found right.
 */
final class RunEnd {
  private static final String RESULTS =
      """
      insert into streams.reconcile_results
        (run, surface, buckets, compared, wrong, missing, extra, moving, unverified, source_ms,
         freshness_ms)
      select ?, b.surface, count(*), sum(b.compared),
             coalesce(max(f.wrong), 0), coalesce(max(f.missing), 0), coalesce(max(f.extra), 0),
             sum(b.moving), sum(b.unverified), sum(b.source_ms),
             max((extract(epoch from now() - p.visible_at) * 1000)::bigint)
      from streams.reconcile_buckets b
      left join (select surface, count(*) filter (where kind = 'wrong') as wrong,
                        count(*) filter (where kind = 'missing') as missing,
                        count(*) filter (where kind = 'extra') as extra
                 from streams.reconcile_findings where run = ? group by 1) f
        on f.surface = b.surface
      left join streams.pipeline_progress p on p.surface = b.surface
      where b.run = ?
      group by b.surface
      on conflict (run, surface) do nothing
      """;

  /** A minimum over buckets that were compared at different times, in this run or before. */
  private static final String VERIFIED =
      """
      update streams.pipeline_progress p
      set verified_lsn = v.lsn, verified_at = v.at
      from (select surface, min(compared_lsn) as lsn, min(compared_at) as at
            from streams.reconcile_buckets
            where surface = any (select surface from streams.reconcile_results where run = ?)
            group by surface
            having bool_and(compared_lsn is not null and wrong = 0 and unverified = 0)) v
      where p.surface = v.surface and (p.verified_lsn is null or p.verified_lsn < v.lsn)
      """;

  private static final String DONE =
      "update streams.reconcile_runs set state = 'done', finished_at = now() where run = ?";

  private RunEnd() {}

  /** Call it once; a repeat changes nothing. */
  static void write(SinkDatabase database, long run) throws SQLException {
    database.ask(
        connection -> {
          try (PreparedStatement results = connection.prepareStatement(RESULTS);
              PreparedStatement verified = connection.prepareStatement(VERIFIED);
              PreparedStatement done = connection.prepareStatement(DONE)) {
            results.setLong(1, run);
            results.setLong(2, run);
            results.setLong(3, run);
            verified.setLong(1, run);
            done.setLong(1, run);
            return results.executeUpdate() + verified.executeUpdate() + done.executeUpdate();
          }
        });
  }
}
