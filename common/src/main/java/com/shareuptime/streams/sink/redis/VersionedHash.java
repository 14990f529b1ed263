package com.shareuptime.streams.sink.redis;

import java.util.List;

/**
 * A hash as Redis shall hold it, beside its field {@code v}.
 *
 * @param fields names and values in turn; every write of a key names the same fields
 * @param deleted a tombstone: the fields go, {@code deleted} and {@code v} stay for a while
 */
public record VersionedHash(String key, long version, List<String> fields, boolean deleted) {

  public VersionedHash {
    if (version < 0) {
      throw new IllegalArgumentException("version of " + key + " is negative: " + version);
    }
    if (deleted ? !fields.isEmpty() : fields.isEmpty() || fields.size() % 2 != 0) {
      throw new IllegalArgumentException(
          key + ": names and values must come in pairs, none with a tombstone");
    }
  }

  /** A hash with these fields. */
  public static VersionedHash live(String key, long version, String... namesAndValues) {
    return new VersionedHash(key, version, List.of(namesAndValues), false);
  }

  /** What stays of a hash that is gone. */
  public static VersionedHash tombstone(String key, long version) {
    return new VersionedHash(key, version, List.of(), true);
  }

  /** Turns a value into the hash that shows it; called on the writer's thread. */
  @FunctionalInterface
  public interface Mapping<T> extends java.io.Serializable {
    VersionedHash hash(T value);
  }
}
