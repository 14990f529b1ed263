package com.shareuptime.streams.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A topic: partitions that are appended to, read in order, and compacted.
 *
 * @param <T> a record as the source has it after its deserializer
 */
public final class SimulatedTopic<T> {
  /** A record where it stands; null where compaction has taken it. */
  record Entry<T>(T value, long timestamp) {}

  private final String name;
  private final List<List<Entry<T>>> partitions = new ArrayList<>();

  /**
   * @param name for traces
   */
  public SimulatedTopic(String name, int partitions) {
    this.name = name;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  /** As traces call it. */
  public String name() {
    return name;
  }

  /** How many partitions it has. */
  public int partitions() {
    return partitions.size();
  }

  /** One partition more, empty. */
  public void addPartition() {
    partitions.add(new ArrayList<>());
  }

  /** Appends a record with the broker's time. */
  public void append(int partition, T value, long timestamp) {
    partitions.get(partition).add(new Entry<>(value, timestamp));
  }

  /** Where the next record of a partition will stand. */
  public int end(int partition) {
    return partitions.get(partition).size();
  }

  /** Where the first record stands that the broker got at {@code timestamp} or later. */
  public int firstSince(int partition, long timestamp) {
    List<Entry<T>> entries = partitions.get(partition);
    int at = entries.size();
    while (at > 0 && (entries.get(at - 1) == null || entries.get(at - 1).timestamp >= timestamp)) {
      at--;
    }
    return at;
  }

  /** A record; null if compaction has taken it. */
  public T get(int partition, int offset) {
    Entry<T> entry = partitions.get(partition).get(offset);
    return entry == null ? null : entry.value;
  }

  Entry<T> entry(int partition, int offset) {
    return partitions.get(partition).get(offset);
  }

  /**
   * Takes away records below {@code before} that a later one of the same key replaces, and with
   * {@code tombstones} the last of a key as well where it is one.
   *
   * @param key null for records that compaction leaves alone
   * @return what it takes away
   */
  public List<T> compact(
      int partition, int before, Function<T, Object> key, Set<Object> tombstones) {
    List<T> taken = new ArrayList<>();
    List<Entry<T>> entries = partitions.get(partition);
    Set<Object> seen = new HashSet<>();
    for (int i = Math.min(before, entries.size()) - 1; i >= 0; i--) {
      Entry<T> entry = entries.get(i);
      Object of = entry == null ? null : key.apply(entry.value);
      if (of != null && (!seen.add(of) || tombstones.contains(entry.value))) {
        entries.set(i, null);
        taken.add(entry.value);
      }
    }
    return taken;
  }
}
