package com.shareuptime.streams.sink.redis;

import java.io.Serializable;

/**
 * A compare-and-set in Lua on one key, and how a value becomes its arguments. The script returns 1
 * if it wrote and 0 if Redis holds what is as new or newer; it compares as text, as numbers in Lua
 * are exact only up to 2^53.
 */
public interface RedisScript<T> extends Serializable {

  /** The script's text. */
  String source();

  /** The key, then the arguments. */
  byte[][] call(T value);

  /**
   * How long to wait after Redis was restarted before writing again. What depends on others' writes
   * waits until those have sent again what the restart lost.
   */
  default long pauseAfterRestartMillis() {
    return 0;
  }
}
