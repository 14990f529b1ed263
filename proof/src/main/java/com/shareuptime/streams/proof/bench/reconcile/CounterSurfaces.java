package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Puts the counters of all posts into both surfaces, as the counters job would have left them. */
record CounterSurfaces(Addresses addresses) {
  private static final int PIPELINE = 5_000;

  private static final String COUNTERS =
      """
      insert into streams.counters
        (target_type, target_id, likes_count, comments_count, shares_count, version)
      select 'post', id, likes, comments, shares, 1 from (%s) counted order by id
      """
          .formatted(CountQueries.ofTargets(Target.Type.POST, IdCondition.ALL, IdKinds.NUMBERS));

  private static final String ALL =
      "select target_id, likes_count, comments_count, shares_count from streams.counters";

  void fill() {
    try (Handle handle = ProductDatabase.at(addresses).open();
        Jedis redis = addresses.redis();
        Pipeline pipeline = redis.pipelined()) {
      handle.execute(COUNTERS);
      handle.execute("vacuum (analyze) streams.counters");
      // in a transaction there is a cursor
      handle.useTransaction(
          all ->
              all.createQuery(ALL)
                  .setFetchSize(PIPELINE)
                  .reduceResultSet(0, (written, row, context) -> hash(pipeline, row, written)));
    }
  }

  private static int hash(Pipeline pipeline, ResultSet row, int written) throws SQLException {
    pipeline.hset(
        key(row.getLong(1)),
        Map.of(
            "likes",
            row.getString(2),
            "comments",
            row.getString(3),
            "shares",
            row.getString(4),
            "v",
            "0000000000000000001"));
    if (written % PIPELINE == 0) {
      pipeline.sync();
    }
    return written + 1;
  }

  static String key(long post) {
    return RedisKey.COUNTERS.of(Target.post(Id.of(post)).key());
  }
}
