package com.shareuptime.streams.contract.truth;

import static java.util.stream.Collectors.joining;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.function.Function;

/** How many rows count for posts and reels, in the order of {@link CountedTable}. */
public final class CountQueries {
  /** {@link #targets} where ids are numbers. */
  public static final String TARGETS = targets(IdKinds.NUMBERS);

  private CountQueries() {}

  /** Every post and reel that has a row: {@code target_type}, {@code target_id}. */
  public static String targets(IdKinds kinds) {
    return """
    select 'post' as target_type, %1$s as target_id from streams_model.posts
    union all
    select 'reel', %1$s from streams_model.reels"""
        .formatted(TargetColumn.of("id", kinds));
  }

  /**
   * Of one target, whether it has a row or not; parameters are its type, and its id as {@link
   * IdKinds#targets} are. Columns are {@code likes}, {@code comments} …, then {@code hidden_likes}
   * …: rows that do not count.
   */
  public static String ofTarget(IdKinds kinds) {
    return "select %s, %s from (values (?::text, ?::%s)) as t (type, id) %s"
        .formatted(
            each("%1$s.n as %1$s", ", "),
            each("%1$s.hidden as hidden_%1$s", ", "),
            kinds.targets().sql(),
            each(
                table -> "cross join lateral (" + table.ofTarget(kinds) + ") " + table.column(),
                " "));
  }

  /** Every id of the type that has a row. */
  public static String ids(Target.Type type) {
    return "select id from streams_model." + type.table();
  }

  /** {@link #ofTargets(Target.Type, IdCondition, IdKinds)} where ids are numbers. */
  public static String ofTargets(Target.Type type, IdCondition ids) {
    return ofTargets(type, ids, IdKinds.NUMBERS);
  }

  /**
   * Of those targets that have a row; columns are {@code id}, then a count each. Each part reads
   * one range of an index.
   */
  public static String ofTargets(Target.Type type, IdCondition ids, IdKinds kinds) {
    String id = TargetColumn.of("t.id", kinds);
    String joins =
        each(
            table ->
                "left join (%1$s) %2$s on %2$s.target_id = %3$s"
                    .formatted(table.byTarget(type, ids, kinds), table.column(), id),
            "\n");
    return "select t.id, %s\nfrom streams_model.%s t\n%s\nwhere t.id %s"
        .formatted(each("coalesce(%1$s.n, 0) as %1$s", ", "), type.table(), joins, ids.sql());
  }

  private static String each(String format, String separator) {
    return each(table -> format.formatted(table.column()), separator);
  }

  private static String each(Function<CountedTable, String> part, String separator) {
    return CountedTable.ALL.stream().map(part).collect(joining(separator));
  }
}
