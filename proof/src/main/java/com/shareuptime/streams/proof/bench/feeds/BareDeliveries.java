package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** The same ZADDs as those of deliveries from one thread, pipelined, and nothing else. */
final class BareDeliveries {
  private static final int BATCH = 2_000;
  private static final int POSTS = 2_000;

  private BareDeliveries() {}

  /** Entries a second, into feeds of their own. */
  static double perSecond(Addresses addresses, Circle circle) {
    try (Jedis redis = addresses.redis()) {
      long firstPosition = System.currentTimeMillis() * 1000;
      long begin = System.nanoTime();
      Pipeline pipeline = redis.pipelined();
      int pending = 0;
      for (int post = 1; post <= POSTS; post++) {
        String member = Integer.toString(post);
        for (long follower : circle.followers(circle.author(post))) {
          pipeline.zadd(key(follower), firstPosition + post, member);
          if (++pending == BATCH) {
            pipeline.sync();
            pending = 0;
          }
        }
      }
      pipeline.close();
      double seconds = (System.nanoTime() - begin) / 1e9;
      List<String> keys = new ArrayList<>();
      for (long reader = 1; reader <= circle.readers(); reader++) {
        keys.add(key(reader));
      }
      redis.unlink(keys.toArray(String[]::new));
      return (double) POSTS * circle.followers() / seconds;
    }
  }

  private static String key(long reader) {
    return "bench:{" + reader + "}";
  }
}
