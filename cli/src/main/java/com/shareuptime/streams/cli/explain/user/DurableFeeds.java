package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Surface;
import java.util.List;

/** The table {@code user_feeds}. */
record DurableFeeds(Database sink) {
  static final String SURFACE = Surface.FEEDS_POSTGRES.label();

  private static final int MOST = 1_000;

  /** The oldest week that is kept has the smallest name. */
  private static final String SUMMARY =
      """
      select count(*), min(inserted_at), max(inserted_at),
             (select coalesce((extract(epoch from min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))::timestamp
                                                  at time zone 'UTC') * 1000000)::bigint, 9223372036854775807)
              from pg_inherits where inhparent = 'streams.user_feeds'::regclass)
      from streams.user_feeds where user_id = ?
      """;

  private static final String NEWEST =
      """
      select post_id from streams.user_feeds
      where user_id = ? and inserted_at >= to_timestamp(0) + ? * interval '1 microsecond'
      order by inserted_at desc, post_id desc limit ?
      """;

  /**
   * Reads it.
   *
   * @param from position of the oldest entry of the page
   */
  DurableFeed read(Id user, long from) {
    return sink.ask(
        handle -> {
          List<Id> newest = handle.select(NEWEST, user, from, MOST).mapTo(Id.class).list();
          return handle
              .select(SUMMARY, user)
              .map(
                  (row, context) ->
                      new DurableFeed(
                          row.getLong(1),
                          row.getString(2),
                          row.getString(3),
                          newest,
                          row.getLong(4)))
              .one();
        });
  }
}
