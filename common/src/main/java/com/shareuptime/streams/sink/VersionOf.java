package com.shareuptime.streams.sink;

import java.io.Serializable;

/**
 * Tells the version of a value: of two values of one key, the one with the higher version is newer.
 */
@FunctionalInterface
public interface VersionOf<T> extends Serializable {

  /** The version of {@code value}. */
  long version(T value);
}
