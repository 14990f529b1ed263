package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** The hashes {@code counters:{post:ID}}. */
final class RedisCounters implements BenchSurface {
  private static final int PIPELINE = 5_000;

  private final Jedis redis;
  private final Likes likes;
  private final long[] sample;

  RedisCounters(Addresses addresses, Likes likes, long[] sample) {
    this.redis = addresses.redis();
    this.likes = likes;
    this.sample = sample;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public boolean sampleIsExact() {
    List<Long> served = served(sample);
    for (int i = 0; i < sample.length; i++) {
      if (served.get(i) != likes.expected()[(int) sample[i]]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<String> difference() {
    Tally tally = new Tally(likes);
    int last = likes.expected().length - 1;
    for (int from = 1; from <= last; from += PIPELINE) {
      long[] posts = LongStream.rangeClosed(from, Math.min(last, from + PIPELINE - 1)).toArray();
      List<Long> served = served(posts);
      for (int i = 0; i < posts.length; i++) {
        tally.serves(posts[i], served.get(i));
      }
    }
    return tally.difference();
  }

  /** 0 for an absent counter, as the contract says. */
  private List<Long> served(long[] posts) {
    List<Response<String>> answers = new ArrayList<>(posts.length);
    try (Pipeline pipeline = redis.pipelined()) {
      for (long post : posts) {
        answers.add(pipeline.hget(RedisKey.COUNTERS.of(Target.post(post).key()), "likes"));
      }
    }
    return answers.stream()
        .map(answer -> answer.get() == null ? 0 : Long.parseLong(answer.get()))
        .toList();
  }

  @Override
  public void close() {
    redis.close();
  }
}
