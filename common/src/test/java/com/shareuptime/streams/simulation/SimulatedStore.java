package com.shareuptime.streams.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store that keeps of each key the value with the highest version, and may lose the last of what
 * it was told.
 */
public final class SimulatedStore<K, V> {
  /** A value and the version that it was written with. */
  public record Versioned<V>(long version, V value) {}

  private record Undo<K, V>(K key, Versioned<V> before) {}

  private final Map<K, Versioned<V>> values = new HashMap<>();
  private final List<Undo<K, V>> log = new ArrayList<>();

  /** Writes unless a newer or equal version is there; returns whether it did. */
  public boolean write(K key, long version, V value) {
    Versioned<V> before = values.get(key);
    if (before != null && before.version >= version) {
      return false;
    }
    values.put(key, new Versioned<>(version, value));
    log.add(new Undo<>(key, before));
    return true;
  }

  /** The value of a key, null if it was never written. */
  public V get(K key) {
    Versioned<V> found = values.get(key);
    return found == null ? null : found.value;
  }

  /** The version of a key's value, 0 if it was never written. */
  public long version(K key) {
    Versioned<V> found = values.get(key);
    return found == null ? 0 : found.version;
  }

  /** All keys that were ever written. */
  public Set<K> keys() {
    return values.keySet();
  }

  /** How many writes it has taken: what {@link #loseAfter} counts. */
  public int writes() {
    return log.size();
  }

  /** Goes back to what it was after so many writes. */
  public void loseAfter(int writes) {
    while (log.size() > writes) {
      Undo<K, V> undo = log.remove(log.size() - 1);
      if (undo.before == null) {
        values.remove(undo.key);
      } else {
        values.put(undo.key, undo.before);
      }
    }
  }
}
