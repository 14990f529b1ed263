package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.sink.redis.RedisScript;
import com.shareuptime.streams.version.WriteVersion;
import java.nio.charset.StandardCharsets;

/**
 * Replaces a ranked list as a whole, unless Redis holds a later one. The list's time lies beside
 * it, under {@code {KEY}:v}, in the same hash slot.
 */
final class RankingScript implements RedisScript<Ranking> {
  private static final long serialVersionUID = 1L;

  private static final String SOURCE =
      """
      local clock = '{' .. KEYS[1] .. '}:v'
      local held = redis.call('get', clock)
      if held and held >= ARGV[1] then return 0 end
      redis.call('set', clock, ARGV[1])
      redis.call('del', KEYS[1])
      if #ARGV > 1 then redis.call('zadd', KEYS[1], unpack(ARGV, 2)) end
      return 1
      """;

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public byte[][] call(Ranking ranking) {
    byte[][] call = new byte[2 + 2 * ranking.entries().size()][];
    call[0] = bytes(RedisKey.trending(ranking.list().label()));
    call[1] = bytes(WriteVersion.text(ranking.computedAt()));
    int at = 2;
    for (Ranking.Entry entry : ranking.entries()) {
      call[at++] = bytes(Double.toString(entry.score()));
      call[at++] = bytes(RedisId.write(entry.id()));
    }
    return call;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
