package com.shareuptime.streams.reconcile.run;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * Ends a run once all of its buckets are compared: sums up, and moves {@code verified_lsn} of the
 * surfaces of which every bucket was found right, by this run or before.
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

  /**
   * A minimum over buckets that were compared at different times, in this run or before: all of
   * every scope of a surface, by runs that see. No further than the buckets were listed, as others
   * may have been born since; and not while it is not known whether a canary was found.
   */
  private static final String VERIFIED =
      """
      update streams.pipeline_progress p
      set verified_lsn = v.lsn, verified_at = v.at
      from (select surface, least(min(b.compared_lsn), min(s.listed_lsn)) as lsn,
                   least(min(b.compared_at), min(s.listed_at)) as at
            from unnest(?::text[], ?::text[]) as shown (surface, scope)
            left join streams.reconcile_scopes s using (scope)
            left join streams.reconcile_buckets b using (surface, scope)
            cross join streams.reconcile_sight sight
            group by surface
            having bool_and(coalesce(
              b.compared_lsn is not null and s.listed_lsn is not null
                and b.wrong = 0 and b.unverified = 0
                and coalesce(b.run, sight.since) >= sight.since, false))) v
      where p.surface = v.surface and (p.verified_lsn is null or p.verified_lsn <= v.lsn)
        and not exists (select from streams.reconcile_canaries)
      """;

  private static final String DONE =
      "update streams.reconcile_runs set state = 'done', finished_at = now() where run = ?";

  private RunEnd() {}

  /** A surface and what is compared of it. */
  private record Shown(String surface, String scope) {}

  private static Object[] shown(IdKinds entities, Function<Shown, String> part) {
    return Scope.all(entities).stream()
        .flatMap(
            scope -> scope.surfaces().stream().map(one -> new Shown(one.label(), scope.name())))
        .map(part)
        .toArray();
  }

  /** Call it once; a repeat changes nothing. */
  static void write(SinkDatabase database, long run, IdKinds entities) throws SQLException {
    database.ask(
        connection -> {
          try (PreparedStatement results = connection.prepareStatement(RESULTS);
              PreparedStatement verified = connection.prepareStatement(VERIFIED);
              PreparedStatement done = connection.prepareStatement(DONE)) {
            results.setLong(1, run);
            results.setLong(2, run);
            results.setLong(3, run);
            verified.setArray(1, connection.createArrayOf("text", shown(entities, Shown::surface)));
            verified.setArray(2, connection.createArrayOf("text", shown(entities, Shown::scope)));
            done.setLong(1, run);
            return results.executeUpdate() + verified.executeUpdate() + done.executeUpdate();
          }
        });
  }
}
