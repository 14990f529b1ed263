package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
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
          .formatted(CountQueries.ofTargets(Target.Type.POST, IdCondition.ALL));

  private static final String ALL =
      "select target_id, likes_count, comments_count, shares_count from streams.counters";

  void fill() throws SQLException {
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(COUNTERS);
      statement.execute("vacuum (analyze) streams.counters");
      connection.setAutoCommit(false); // for a cursor
      statement.setFetchSize(PIPELINE);
      try (ResultSet rows = statement.executeQuery(ALL)) {
        hashes(rows);
      }
    }
  }

  private void hashes(ResultSet rows) throws SQLException {
    try (Jedis redis = addresses.redis();
        Pipeline pipeline = redis.pipelined()) {
      for (int written = 1; rows.next(); written++) {
        pipeline.hset(
            key(rows.getLong(1)),
            Map.of(
                "likes",
                rows.getString(2),
                "comments",
                rows.getString(3),
                "shares",
                rows.getString(4),
                "v",
                "0000000000000000001"));
        if (written % PIPELINE == 0) {
          pipeline.sync();
        }
      }
    }
  }

  static String key(long post) {
    return RedisKey.COUNTERS.of(Target.post(post).key());
  }
}
