package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.sink.redis.RedisConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/** The hashes {@code counters:{post:42}}, which can only be asked for by key. */
public final class CounterHashes implements Copies<Counts> {
  /** What is beside the counts comes first. */
  private static final List<String> BESIDE = List.of("v", "deleted");

  /** What no count can be: stands for a text that is no number. */
  private static final long UNREADABLE = Long.MIN_VALUE;

  /** Commands of one pipeline. */
  private static final int CHUNK = 2_000;

  private final RedisAddress address;
  private final Target.Type type;
  private final Duration grace;
  private final List<CountedView> counters;
  private final String[] fields;

  private Jedis redis;

  /**
   * @param grace for which an announcement without a row is counted
   */
  public CounterHashes(RedisAddress address, Scope scope, IdKinds kinds, Duration grace) {
    this.address = address;
    this.type = scope.targetType();
    this.grace = grace;
    this.counters = kinds.countersOf(type);
    this.fields =
        Stream.concat(BESIDE.stream(), counters.stream().map(CountedView::name))
            .toArray(String[]::new);
  }

  @Override
  public Surface surface() {
    return Surface.COUNTERS_REDIS;
  }

  @Override
  public Map<Id, Copy<Counts>> read(IdBucket bucket, Collection<Id> known) {
    return read(Ids.of(known));
  }

  @Override
  public Map<Id, Copy<Counts>> read(Ids ids) {
    Map<Id, Copy<Counts>> copies = new HashMap<>();
    try {
      for (int from = 0; from < ids.size(); from += CHUNK) {
        readChunk(ids.range(from, Math.min(ids.size(), from + CHUNK)), copies);
      }
      return copies;
    } catch (JedisException e) {
      close();
      throw e;
    }
  }

  private void readChunk(Ids ids, Map<Id, Copy<Counts>> copies) {
    if (redis == null) {
      redis = RedisConnections.client(address);
    }
    List<Response<List<String>>> answers = new ArrayList<>(ids.size());
    try (Pipeline pipeline = redis.pipelined()) {
      for (Id id : ids) {
        answers.add(pipeline.hmget(RedisKey.COUNTERS.of(new Target(type, id)), fields));
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      CounterCopy copy = copy(answers.get(i).get());
      if (!copy.equals(absent())) {
        copies.put(ids.get(i), copy);
      }
    }
  }

  private CounterCopy copy(List<String> values) {
    boolean isAbsent = values.stream().allMatch(java.util.Objects::isNull);
    long version = number(values.get(0));
    if (isAbsent || values.get(1) != null) {
      return new CounterCopy(version, null, counters);
    }
    Iterator<String> numbers = values.listIterator(BESIDE.size());
    Counts counts = Counts.of(counters, counter -> number(numbers.next()));
    return new CounterCopy(version, counts, counters);
  }

  private static long number(String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return UNREADABLE;
    }
  }

  @Override
  public Copy<Counts> absent() {
    return CounterCopy.absent(counters);
  }

  @Override
  public Duration settlesWithin() {
    return grace;
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }
}
