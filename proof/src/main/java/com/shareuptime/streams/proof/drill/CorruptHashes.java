package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;

/** Counters in Redis: changed and deleted. */
final class CorruptHashes implements Corruption {
  private static final String COUNT = "likes";
  private static final String VERSION = "v";

  private final Targets targets;
  private final Jedis redis;

  CorruptHashes(Addresses addresses) {
    this.targets = Targets.of(addresses);
    this.redis = addresses.redis();
  }

  @Override
  public String surface() {
    return "counters.redis";
  }

  @Override
  public List<CorruptEntry> spoil(int rows, SplittableRandom random) {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (Target target : targets.counted(rows, random)) {
      String hash = RedisKey.COUNTERS.of(target.key());
      if (redis.hexists(hash, COUNT)) {
        String left = random.nextBoolean() ? changed(hash) : deleted(hash);
        spoiled.add(CorruptEntry.of(surface(), target, left));
      }
    }
    return spoiled;
  }

  private String changed(String hash) {
    try (AbstractTransaction together = redis.multi()) {
      together.hincrBy(hash, COUNT, STEP);
      together.hmget(hash, COUNT, VERSION);
      return together.exec().get(1).toString();
    }
  }

  private String deleted(String hash) {
    long unused = redis.del(hash);
    return ABSENT;
  }

  @Override
  public String read(CorruptEntry row) {
    String hash = RedisKey.COUNTERS.of(row.key());
    return redis.exists(hash) ? redis.hmget(hash, COUNT, VERSION).toString() : ABSENT;
  }

  @Override
  public boolean isStillWrong(CorruptEntry row) {
    return targets.isLiked(row);
  }

  @Override
  public void close() {
    redis.close();
    targets.close();
  }
}
