package com.shareuptime.streams.proof.drill;

/**
 * A row that was spoiled.
 *
 * @param key as reconcile names what it compares, e.g. {@code post:42} or {@code user:7}
 * @param entry of a feed, the post that is gone or moved; 0 where the key says all
 * @param basis versions of the rows of the tables that demand the entry; empty where there is none
 * @param left what the surface had there when it was left, as {@link Corruption#read} tells it
 */
record CorruptEntry(String surface, String key, long entry, String basis, String left) {
  /** A row that its key says all of. */
  CorruptEntry(String surface, String key, String left) {
    this(surface, key, 0, "", left);
  }

  long id() {
    return id(key);
  }

  static long id(String key) {
    return Long.parseLong(key.substring(key.indexOf(':') + 1));
  }

  static String type(String key) {
    return key.substring(0, key.indexOf(':'));
  }
}
