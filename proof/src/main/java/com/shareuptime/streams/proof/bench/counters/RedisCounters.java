package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** The hashes {@code counters:{post:ID}}. */
final class RedisCounters extends BenchSurface {
  private static final int PIPELINE = 5_000;

  private final Jedis redis;

  RedisCounters(Addresses addresses, Likes likes, long[] sample) {
    super(likes, sample);
    this.redis = addresses.redis();
  }

  @Override
  String name() {
    return "redis";
  }

  /** 0 for an absent counter, as the contract says. */
  @Override
  void read(long[] posts, Reader reader) {
    List<Response<String>> answers = new ArrayList<>(posts.length);
    try (Pipeline pipeline = redis.pipelined()) {
      for (long post : posts) {
        answers.add(pipeline.hget(RedisKey.COUNTERS.of(Target.post(Id.of(post)).key()), "likes"));
      }
    }
    for (int i = 0; i < posts.length; i++) {
      String count = answers.get(i).get();
      reader.count(posts[i], count == null ? 0 : Long.parseLong(count));
    }
  }

  @Override
  void readAll(Reader reader) {
    int last = likes.expected().length - 1;
    for (int from = 1; from <= last; from += PIPELINE) {
      read(LongStream.rangeClosed(from, Math.min(last, from + PIPELINE - 1)).toArray(), reader);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
