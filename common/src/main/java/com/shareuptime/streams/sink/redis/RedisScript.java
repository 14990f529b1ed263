package com.shareuptime.streams.sink.redis;

import java.util.List;

/**
 * A compare-and-set in Lua on one key, and how a value becomes its arguments. The script returns 1
 * if it wrote and 0 if Redis holds what is as new or newer; it compares as text, as numbers in Lua
 * are exact only up to 2^53.
 */
public interface RedisScript<T> extends RedisWrite<T> {

  /** The script's text. */
  String source();

  /** The key, then the arguments. */
  byte[][] call(T value);

  @Override
  default List<String> scripts() {
    return List.of(source());
  }

  @Override
  default void write(T value, Pipeline pipeline) {
    pipeline.script(0, 1, call(value));
  }
}
