package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What SQL over the model's views says, of one moment.
 *
 * @param existing every post and reel that is there, soft-deleted ones too, with its counts
 * @param gone targets that are not there but that rows still refer to
 */
public record Truth(Map<Target, Counts> existing, Set<Target> gone) {
  private static final String COUNTS =
      """
      with counted as (
        select target_type, target_id%1$s as target_id, count(*) as likes, 0 as comments, 0 as shares
        from streams_model.likes where not is_deleted group by 1, 2
        union all
        select target_type, target_id%1$s, 0, count(*), 0
        from streams_model.comments where not is_deleted group by 1, 2
        union all
        select target_type, target_id%1$s, 0, 0, count(*)
        from streams_model.shares where not is_deleted group by 1, 2
      ), targets as (
        select 'post' as target_type, id%1$s as target_id from streams_model.posts
        union all
        select 'reel', id%1$s from streams_model.reels
      )
      select target_type, target_id, coalesce(sum(likes), 0), coalesce(sum(comments), 0),
             coalesce(sum(shares), 0), bool_or(there is true)
      from (select *, true as there from targets) t
      full join counted using (target_type, target_id)
      where target_type in ('post', 'reel')
      group by target_type, target_id
      """;

  private static final String MICROS =
      """
      (case %1$s when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
            else least(extract(epoch from %1$s) * 1000000, 9223372036854775806) end)::bigint""";

  public static Truth read(Handle handle, IdKinds kinds) {
    String asTexts = kinds.posts() == kinds.reels() ? "" : "::text";
    return handle
        .select(COUNTS.formatted(asTexts))
        .reduceResultSet(
            new Truth(new HashMap<>(), new HashSet<>()),
            (truth, row, context) -> {
              Target.Type type = Target.Type.labelled(row.getString(1)).orElseThrow();
              Target target = new Target(type, kinds.of(type).parse(row.getString(2)));
              if (row.getBoolean(6)) {
                truth.existing.put(
                    target, Counts.of(row.getLong(3), row.getLong(4), row.getLong(5)));
              } else {
                truth.gone.add(target);
              }
              return truth;
            });
  }

  /** A time in epoch microseconds; infinity lies beyond all times. */
  static String micros(String column) {
    return MICROS.formatted(column);
  }
}
