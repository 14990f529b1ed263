package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The most liked targets that exist, and their true counts. Ranks anew now and then, as that reads
 * all likes.
 */
final class TopTargets {
  private static final int SHOWN = 10;
  private static final int RANK_EVERY = 15;
  private static final String RANKING =
      """
      select target_type, target_id
      from (%s) liked join (%s) there using (target_type, target_id)
      order by n desc, target_id
      limit %d
      """
          .formatted(new CountedTable(CounterKind.LIKES).byTarget(), CountQueries.TARGETS, SHOWN);

  private List<Target> ranked = List.of();
  private int asked;

  Map<Target, Counts> read(Handle handle) {
    if (ranked.isEmpty() || asked++ % RANK_EVERY == 0) {
      ranked = handle.select(RANKING).mapTo(Target.class).list();
    }
    Map<Target, Counts> truth = new LinkedHashMap<>();
    for (Target target : ranked) {
      truth.put(
          target,
          handle
              .select(CountQueries.OF_TARGET, target.type().label(), target.id())
              .map((row, context) -> Counts.of(kind -> row.getLong(kind.text())))
              .one());
    }
    return truth;
  }
}
