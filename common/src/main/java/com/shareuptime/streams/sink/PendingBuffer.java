package com.shareuptime.streams.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sink has taken but not yet written, and the watermark that waits for it. Two epochs: one
 * <em>draining</em>, which the writer works on, and one <em>gathering</em>, which takes what comes
 * meanwhile and keeps the newest value a key. A watermark belongs to the epoch of the last value
 * before it, and is due when that epoch has been written and published; epochs are written in
 * order, so that says: all that came before it is visible.
 *
 * <p>Used by one thread, except that another may read {@link #draining()}'s list, which never
 * changes.
 */
final class PendingBuffer<K, T> {
  /** No watermark waits. */
  static final long NONE = Long.MIN_VALUE;

  private final VersionOf<T> versionOf;
  private Map<K, T> gathering = new LinkedHashMap<>();
  private long gatheringMark = NONE;
  private List<T> draining = List.of();
  private long drainingMark = NONE;
  private boolean published = true;

  PendingBuffer(VersionOf<T> versionOf) {
    this.versionOf = versionOf;
  }

  /**
   * Takes a value, unless a newer one of its key waits already (after a restore with another
   * parallelism).
   *
   * @return whether a write was saved: a value of this key waited
   */
  boolean add(K key, T value) {
    T before = gathering.put(key, value);
    if (before == null) {
      return false;
    }
    if (versionOf.version(before) > versionOf.version(value)) {
      gathering.put(key, before);
    }
    return true;
  }

  /** Puts others in the place of all values that gather. */
  void replaceGathering(Map<K, T> others) {
    gathering = others;
  }

  /** What gathers, in its order. */
  List<T> gathering() {
    return new ArrayList<>(gathering.values());
  }

  /** Something that was written is not visible yet: watermarks wait until it is. */
  void hide() {
    published = false;
  }

  boolean isPublished() {
    return published;
  }

  /** Whether a watermark waits. */
  boolean isMarked() {
    return gatheringMark != NONE || drainingMark != NONE;
  }

  /** Takes a watermark; true if nothing is before it, so that it is due at once and not kept. */
  boolean markIsDue(long watermark) {
    if (!gathering.isEmpty()) {
      gatheringMark = watermark;
    } else if (!draining.isEmpty() || !published) {
      drainingMark = watermark;
    } else {
      return true;
    }
    return false;
  }

  /**
   * Begins to drain what was gathered. Must not be called before {@link #drained()}.
   *
   * @return false if there is nothing to drain
   */
  boolean drain() {
    if (!draining.isEmpty()) {
      throw new IllegalStateException("still draining");
    }
    if (gathering.isEmpty()) {
      return false;
    }
    draining = new ArrayList<>(gathering.values());
    drainingMark = Math.max(drainingMark, gatheringMark);
    gathering = new LinkedHashMap<>();
    gatheringMark = NONE;
    return true;
  }

  /**
   * All of the draining epoch is written.
   *
   * @param visible whether it and all before it is published
   * @return the watermark that is due, or {@link #NONE}
   */
  long drained(boolean visible) {
    draining = List.of();
    published = visible;
    long due = visible ? drainingMark : NONE;
    drainingMark = visible ? NONE : drainingMark;
    return due;
  }

  List<T> draining() {
    return draining;
  }

  int gathered() {
    return gathering.size();
  }

  /** Whether nothing waits to be written or published. */
  boolean isEmpty() {
    return gathering.isEmpty() && draining.isEmpty() && published;
  }

  /** Whether nothing waits to be written. */
  boolean isWritten() {
    return gathering.isEmpty() && draining.isEmpty();
  }

  /** How many values wait, given that the first {@code written} of the draining ones are done. */
  int pending(int written) {
    return gathering.size() + draining.size() - Math.min(written, draining.size());
  }

  /** The values that wait, in the order in which they must be added to another buffer. */
  List<T> unsent(int written) {
    List<T> unsent = new ArrayList<>(pending(written));
    unsent.addAll(draining.subList(Math.min(written, draining.size()), draining.size()));
    unsent.addAll(gathering.values());
    return unsent;
  }
}
