package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedRows;
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
      """;

  private static final String COUNT =
      "select n from (%s) counted where target_type = ? and target_id = ?";

  private final IdKinds kinds;
  private List<Target> ranked = List.of();
  private int asked;

  TopTargets(IdKinds kinds) {
    this.kinds = kinds;
  }

  Map<Target, Counts> read(Handle handle) {
    if (ranked.isEmpty() || asked++ % RANK_EVERY == 0) {
      ranked = handle.select(ranking()).mapTo(Target.class).list();
    }
    Map<Target, Counts> truth = new LinkedHashMap<>();
    for (Target target : ranked) {
      truth.put(target, Counts.of(kinds.counters(), counter -> count(handle, counter, target)));
    }
    return truth;
  }

  private String ranking() {
    return RANKING.formatted(
        new CountedRows(kinds.counter(CounterKind.LIKES), kinds).byTarget(),
        CountQueries.targets(kinds),
        SHOWN);
  }

  private long count(Handle handle, CountedView counter, Target target) {
    Object id = kinds.targets().sql(target.id());
    return handle
        .select(
            COUNT.formatted(new CountedRows(counter, kinds).byTarget()), target.type().label(), id)
        .mapTo(long.class)
        .findOne()
        .orElse(0L);
  }
}
