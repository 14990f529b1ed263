package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.io.Reader;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table {@code streams.counters}. */
final class PostgresCounters extends BenchSurface {
  private static final String SELECT =
      "select target_id, likes_count from streams.counters"
          + " where target_type = 'post' and deleted_at is null and ";

  private final Handle handle;

  PostgresCounters(Addresses addresses, Likes likes, long[] sample) {
    super(likes, sample);
    this.handle = ProductDatabase.at(addresses).open();
  }

  @Override
  String name() {
    return "postgres";
  }

  @Override
  void read(long[] posts, Reader reader) {
    tell(
        handle
            .createQuery(SELECT + "target_id = any(?)")
            .bindArray(0, Long.class, Arrays.stream(posts).boxed().toList()),
        reader);
  }

  @Override
  void readAll(Reader reader) {
    tell(handle.select(SELECT + "target_id < ?", Trickle.POST), reader);
  }

  private static void tell(Query query, Reader reader) {
    query.reduceResultSet(
        reader,
        (to, row, context) -> {
          to.count(row.getLong(1), row.getLong(2));
          return to;
        });
  }

  @Override
  public void close() {
    handle.close();
  }
}
