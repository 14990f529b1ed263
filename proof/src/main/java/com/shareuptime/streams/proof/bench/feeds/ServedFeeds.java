package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.thread.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** The feeds in Redis. For use by one thread. */
final class ServedFeeds implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern ZADDS = Pattern.compile("cmdstat_zadd:calls=(\\d+)");
  private static final Duration COMPLETENESS_POLL = Duration.ofMillis(500);
  private static final Duration PROGRESS_POLL = Duration.ofMillis(10);

  private final Jedis redis;

  ServedFeeds(Addresses addresses) {
    this.redis = addresses.redis();
  }

  /** Returns when each of the readers 1 to {@code readers} has a complete feed. */
  void awaitComplete(int readers) throws InterruptedException {
    long[] all = LongStream.rangeClosed(1, readers).toArray();
    Until.requireTrue(
        PATIENCE,
        COMPLETENESS_POLL,
        () -> missing(all, FeedZset.SENTINEL) == 0,
        () -> missing(all, FeedZset.SENTINEL) + " feeds are not complete");
  }

  /** Returns when all is visible that Kafka had at a moment of this machine's clock. */
  void awaitProgressPast(long epochMillis) throws InterruptedException {
    Until.requireTrue(
        PATIENCE,
        PROGRESS_POLL,
        () -> progress() > epochMillis,
        () -> "progress is at " + progress() + ", not past " + epochMillis);
  }

  /** How many of the readers do not have a member in their feed. */
  long missing(long[] readers, String member) {
    List<Response<Double>> scores = new ArrayList<>(readers.length);
    try (Pipeline pipeline = redis.pipelined()) {
      for (long reader : readers) {
        scores.add(pipeline.zscore(RedisKey.FEED.of(Id.of(reader)), member));
      }
    }
    return scores.stream().map(Response::get).filter(Objects::isNull).count();
  }

  /** ZADDs since the server's start, those of scripts included. */
  long zadds() {
    Matcher calls = ZADDS.matcher(redis.info("commandstats"));
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  private long progress() {
    String lsn = redis.hget(RedisKey.PROGRESS, "feeds.redis");
    return lsn == null ? 0 : Lsn.parse(lsn).position();
  }

  @Override
  public void close() {
    redis.close();
  }
}
