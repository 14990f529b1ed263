package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The hashes {@code counters:{post:42}} of Redis. */
record ServedHashes(Settings settings, IdKinds entities) {
  static final String SURFACE = Surface.COUNTERS_REDIS.label();

  ServedCopy read(Target target) {
    try (Jedis redis = Servers.redis(settings)) {
      Map<String, String> hash = redis.hgetAll(RedisKey.COUNTERS.of(target));
      Counts counts = Counts.of(entities.counters(), counter -> number(hash, counter.name()));
      boolean isShown = !hash.isEmpty() && !hash.containsKey("deleted");
      return new ServedCopy(SURFACE, isShown ? counts : null, number(hash, "v"), Map.of(), null);
    } catch (NumberFormatException e) {
      return spoiled();
    } catch (JedisException e) {
      if (Servers.isOfAnotherType(e)) {
        return spoiled();
      }
      return ServedCopy.away(SURFACE, "Redis does not answer: " + e.getMessage());
    }
  }

  /** No reader can make anything of it. */
  private static ServedCopy spoiled() {
    return new ServedCopy(SURFACE, null, 0, Map.of(), null);
  }

  private static long number(Map<String, String> hash, String field) {
    return Long.parseLong(hash.getOrDefault(field, "0"));
  }
}
