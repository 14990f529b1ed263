package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The hashes {@code counters:{post:42}}. */
public final class RedisSurface implements CounterSurface {
  public static final String NAME = "counters.redis";

  private static final Pattern KEY = Pattern.compile("counters:\\{([a-z0-9_]+):(.+)}");
  private static final ScanParams EVERY_KEY = new ScanParams().match("counters:*").count(1_000);

  private final RedisLink redis;
  private final IdKinds kinds;

  public RedisSurface(Product product) {
    redis = new RedisLink(product.addresses());
    kinds = product.kinds();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Lsn progress() {
    return redis.progressOf(NAME);
  }

  @Override
  public Map<Target, Served> read(Collection<Target> targets) {
    return redis.ask(
        jedis -> {
          Map<Target, Response<Map<String, String>>> answers = new LinkedHashMap<>();
          try (Pipeline pipeline = jedis.pipelined()) {
            for (Target target : targets) {
              answers.put(target, pipeline.hgetAll(key(target)));
            }
          }
          Map<Target, Served> served = new HashMap<>();
          answers.forEach(
              (target, answer) -> {
                if (!answer.get().isEmpty()) {
                  served.put(target, parse(answer.get()));
                }
              });
          return served;
        });
  }

  @Override
  public Map<Target, Served> readAll() {
    return read(redis.ask(this::targets));
  }

  private static String key(Target target) {
    return "counters:{" + target.type().label() + ":" + RedisId.write(target.id()) + "}";
  }

  private List<Target> targets(Jedis redis) {
    List<Target> targets = new ArrayList<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page = redis.scan(cursor, EVERY_KEY);
      for (String key : page.getResult()) {
        target(key).ifPresent(targets::add);
      }
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return targets;
  }

  /** Empty if it is no key of the contract. */
  private Optional<Target> target(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Target.Type type = Target.Type.of(parts.group(1));
    try {
      return Optional.of(new Target(type, RedisId.read(parts.group(2), kinds.of(type))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Served parse(Map<String, String> hash) {
    return new Served(
        Counts.of(kinds.counters(), counter -> number(hash, counter.name())),
        number(hash, "v"),
        hash.containsKey("deleted"));
  }

  private static long number(Map<String, String> hash, String field) {
    return Long.parseLong(hash.getOrDefault(field, "0"));
  }

  @Override
  public void close() {
    redis.close();
  }
}
