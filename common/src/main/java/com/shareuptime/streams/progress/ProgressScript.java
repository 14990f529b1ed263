package com.shareuptime.streams.progress;

import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.sink.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Moves a field of the hash {@code progress} forward in the source's time, never back; a position
 * alone would stand still after a server went back. The time is beside it in a hash of its own, as
 * readers know the first. What is compared is text of full width: positions and times have 64 bits,
 * a number of Lua only 53.
 */
final class ProgressScript implements RedisScript<Progress> {
  private static final long serialVersionUID = 1;

  /**
   * Longer than a sink needs to notice a restart and to send again what it lost: idle check and
   * back-off together.
   */
  private static final long PAUSE_AFTER_RESTART_MILLIS = 3_000;

  private static final byte[] KEY = ascii(RedisKey.PROGRESS);
  private static final byte[] TIMES = ascii(RedisKey.PROGRESS_TIMES);

  private static final String SOURCE =
      """
      local function wide(lsn)
        local high, low = lsn:match('^(%x+)/(%x+)$')
        return ('0'):rep(8 - #high) .. high .. ('0'):rep(8 - #low) .. low
      end
      local held = redis.call('hget', KEYS[1], ARGV[1])
      local at = redis.call('hget', KEYS[2], ARGV[1])
      if held and at and at >= ARGV[3] then return 0 end
      if held and not at and wide(held) >= wide(ARGV[2]) then return 0 end
      redis.call('hset', KEYS[1], ARGV[1], ARGV[2])
      redis.call('hset', KEYS[2], ARGV[1], ARGV[3])
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
      TIMES,
      ascii(progress.surface().label()),
      ascii(progress.lsnText()),
      ascii(String.format(Locale.ROOT, "%019d", progress.beatMicros()))
    };
  }

  @Override
  public long pauseAfterRestartMillis() {
    return PAUSE_AFTER_RESTART_MILLIS;
  }

  @Override
  public void write(Progress progress, Pipeline pipeline) {
    pipeline.script(0, 2, call(progress));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
