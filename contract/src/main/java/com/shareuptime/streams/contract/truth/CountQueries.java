package com.shareuptime.streams.contract.truth;

import static java.util.stream.Collectors.joining;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import java.util.List;
import java.util.function.Function;

/** How many rows count for targets, in the order of the counters. */
public final class CountQueries {
  private CountQueries() {}

  /** Every target that has a row: {@code target_type}, {@code target_id}. */
  public static String targets(IdKinds kinds) {
    return kinds.targetEntities().stream()
        .map(
            entity ->
                "select '%s' as target_type, %s as target_id from streams_model.%s"
                    .formatted(
                        entity.type().label(),
                        TargetColumn.ofAll("id", entity.ids(), kinds),
                        entity.view()))
        .collect(joining("\nunion all\n"));
  }

  /**
   * Of one target, whether it has a row or not; parameters are its type, and its id as {@link
   * IdKinds#targets} are. Columns are {@code likes}, {@code comments} …, then {@code hidden_likes}
   * …: rows that do not count.
   */
  public static String ofTarget(IdKinds kinds) {
    return "select %s, %s from (values (?::text, ?::%s)) as t (type, id) %s"
        .formatted(
            each(kinds.counters(), "%1$s.n as %1$s", ", "),
            each(kinds.counters(), "%1$s.hidden as hidden_%1$s", ", "),
            kinds.targets().sql(),
            each(
                kinds.counters(),
                counter ->
                    "cross join lateral (%s) %s"
                        .formatted(new CountedRows(counter, kinds).ofTarget(), counter.name()),
                " "));
  }

  /** The {@code id} of the target with that one, if it has a row. */
  public static String id(TargetEntity entity) {
    return "select id from streams_model.%s where id = ?".formatted(entity.view());
  }

  /** Every id of the type that has a row. */
  public static String ids(Target.Type type, IdKinds kinds) {
    return "select id from streams_model." + TargetColumn.view(type, kinds);
  }

  /**
   * Of those targets that have a row; columns are {@code id}, then a count for each of {@link
   * IdKinds#countersOf}. Each part reads one range of an index.
   */
  public static String ofTargets(Target.Type type, IdCondition ids, IdKinds kinds) {
    List<CountedView> counters = kinds.countersOf(type);
    String joins =
        each(
            counters,
            counter ->
                "left join (%1$s) %2$s on %2$s.target_id = %3$s"
                    .formatted(
                        new CountedRows(counter, kinds).byTarget(type, ids),
                        counter.name(),
                        TargetColumn.of("t.id", counter, type, kinds)),
            "\n");
    return "select t.id, %s\nfrom streams_model.%s t\n%s\nwhere t.id %s"
        .formatted(
            each(counters, "coalesce(%1$s.n, 0) as %1$s", ", "),
            TargetColumn.view(type, kinds),
            joins,
            ids.sql());
  }

  private static String each(List<CountedView> counters, String format, String separator) {
    return each(counters, counter -> format.formatted(counter.name()), separator);
  }

  private static String each(
      List<CountedView> counters, Function<CountedView, String> part, String separator) {
    return counters.stream().map(part).collect(joining(separator));
  }
}
