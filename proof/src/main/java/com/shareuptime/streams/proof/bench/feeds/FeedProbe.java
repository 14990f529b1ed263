package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.VisibilityProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Looks for posts in the feeds of readers, in one pipeline: next to nothing for Redis. */
final class FeedProbe extends VisibilityProbe<FeedProbe.Delivery> {
  private final Jedis redis;

  record Delivery(long reader, long post) {}

  FeedProbe(Addresses addresses, Latencies latencies) {
    super(Duration.ofMillis(4), Duration.ofMinutes(1), latencies);
    redis = addresses.redis();
  }

  @Override
  protected boolean[] isVisible(List<Delivery> awaited) {
    List<Response<Double>> scores = new ArrayList<>(awaited.size());
    try (Pipeline pipeline = redis.pipelined()) {
      for (Delivery one : awaited) {
        scores.add(pipeline.zscore(RedisKey.FEED.of(one.reader), Long.toString(one.post)));
      }
    }
    boolean[] visible = new boolean[awaited.size()];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = scores.get(i).get() != null;
    }
    return visible;
  }

  @Override
  protected void end() {
    redis.close();
  }
}
