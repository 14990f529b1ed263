package com.shareuptime.streams.progress;

import com.shareuptime.streams.sink.redis.RedisScript;
import java.nio.charset.StandardCharsets;

/**
 * Moves a field of the hash {@code progress} forward, never back. Positions are compared as text of
 * full width: they have 64 bits, a number of Lua only 53.
 */
final class ProgressScript implements RedisScript<Progress> {
  private static final long serialVersionUID = 1;

  /**
   * Longer than a sink needs to notice a restart and to send again what it lost: idle check and
   * back-off together.
   */
  private static final long PAUSE_AFTER_RESTART_MILLIS = 3_000;

  private static final byte[] KEY = "progress".getBytes(StandardCharsets.US_ASCII);

  private static final String SOURCE =
      """
      local function wide(lsn)
        local high, low = lsn:match('^(%x+)/(%x+)$')
        return ('0'):rep(8 - #high) .. high .. ('0'):rep(8 - #low) .. low
      end
      local held = redis.call('hget', KEYS[1], ARGV[1])
      if held and wide(held) >= wide(ARGV[2]) then return 0 end
      redis.call('hset', KEYS[1], ARGV[1], ARGV[2])
      return 1
      """;

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public byte[][] call(Progress progress) {
    return new byte[][] {
      KEY,
      progress.surface().label().getBytes(StandardCharsets.US_ASCII),
      progress.lsnText().getBytes(StandardCharsets.US_ASCII)
    };
  }

  @Override
  public long pauseAfterRestartMillis() {
    return PAUSE_AFTER_RESTART_MILLIS;
  }
}
