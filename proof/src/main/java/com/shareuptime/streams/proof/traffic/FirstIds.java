package com.shareuptime.streams.proof.traffic;

import org.jdbi.v3.core.Handle;

/**
 * The first of the ids that a plan may give to its rows.
 *
 * <p>They are known before a row is written, so that the same seed gives the same plan; and they
 * are taken out of the tables' sequences, so that no other writer meets them.
 */
public record FirstIds(long user, long post, long reel, long comment, long share) {
  /** More than a simulator can use up. */
  private static final long RANGE = 1_000_000_000L;

  static final FirstIds FIRST = new FirstIds(1, 1, 1, 1, 1);

  static FirstIds reserve(Handle handle) {
    return new FirstIds(
        take(handle, "users"),
        take(handle, "posts"),
        take(handle, "reels"),
        take(handle, "comments"),
        take(handle, "shares"));
  }

  private static long take(Handle handle, String table) {
    return handle
        .select(
            "with first as (select nextval(%1$s) as id) select id, setval(%1$s, id + %2$d) from first"
                .formatted("pg_get_serial_sequence('public." + table + "', 'id')", RANGE))
        .mapTo(long.class)
        .one();
  }
}
