package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What SQL over the model's views says, of one moment.
 *
 * @param existing every target that is there, soft-deleted ones too, with its counts
 * @param gone targets that are not there but that rows still refer to
 */
public record Truth(Map<Target, Counts> existing, Set<Target> gone) {
  private static final String COUNTED =
      """
      select target_type, target_id%1$s as target_id, '%2$s' as counter, %3$s as n
      from streams_model.%2$s where not is_deleted group by 1, 2\
      """;

  private static final String TARGETS =
      "select '%2$s' as target_type, id%1$s as target_id from streams_model.%3$s";

  /** One row for each target and counter; of a target without any, one without a counter. */
  private static final String COUNTS =
      """
      with counted as (
      %s
      ), targets as (
      %s
      )
      select target_type, target_id, there is true, counter, n
      from (select *, true as there from targets) t
      full join counted using (target_type, target_id)
      """;

  private static final String MICROS =
      """
      (case %1$s when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
            else least(extract(epoch from %1$s) * 1000000, 9223372036854775806) end)::bigint\
      """;

  public static Truth read(Handle handle, IdKinds kinds) {
    String cast = isOneKind(kinds) ? "" : "::text";
    String counted =
        kinds.counters().stream()
            .map(
                counter ->
                    COUNTED.formatted(
                        cast, counter.name(), counter.hasAmount() ? "sum(amount)" : "count(*)"))
            .collect(Collectors.joining("\nunion all\n"));
    String targets =
        kinds.targetEntities().stream()
            .map(entity -> TARGETS.formatted(cast, entity.type().label(), entity.view()))
            .collect(Collectors.joining("\nunion all\n"));
    return handle
        .select(COUNTS.formatted(counted, targets))
        .reduceResultSet(
            new Truth(new HashMap<>(), new HashSet<>()),
            (truth, row, context) -> {
              // what a row names need not be an entity of the model
              kinds.type(row.getString(1)).ifPresent(type -> truth.add(row, type, kinds));
              return truth;
            });
  }

  private static boolean isOneKind(IdKinds kinds) {
    return kinds.targetEntities().stream().allMatch(target -> target.ids() == kinds.targets())
        && kinds.counters().stream().allMatch(counter -> counter.targetIds() == kinds.targets());
  }

  private void add(ResultSet row, Target.Type type, IdKinds kinds) {
    try {
      Target target = new Target(type, kinds.of(type).parse(row.getString(2)));
      if (!row.getBoolean(3)) {
        gone.add(target);
        return;
      }
      Counts before = existing.computeIfAbsent(target, first -> Counts.ZERO);
      String name = row.getString(4);
      if (name != null) {
        CountedView counter = kinds.counter(name).orElseThrow();
        if (counter.isShownFor(type)) {
          existing.put(target, before.plus(counter.kind(), row.getLong(5)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("an answer of Postgres cannot be read", e);
    }
  }

  /** A time in epoch microseconds; infinity lies beyond all times. */
  static String micros(String column) {
    return MICROS.formatted(column);
  }
}
