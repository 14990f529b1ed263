package com.shareuptime.streams.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which reader of a source holds how many splits, and where new ones go: none is left without while
 * another gets a second one. A connector that counts places by a split's number alone would do so
 * after a restore, where the splits of before lie elsewhere.
 */
final class SplitSpread {
  private final int readers;
  private final Map<Integer, Integer> held = new HashMap<>();

  SplitSpread(int readers) {
    this.readers = readers;
  }

  /** A reader says how many splits it has restored. */
  void holds(int reader, int splits) {
    held.put(reader, splits);
  }

  /** What a reader holds is not known until it says so again. */
  void forget(int reader) {
    held.remove(reader);
  }

  /** Whether all readers have said what they hold. */
  boolean isKnown() {
    return held.size() == readers;
  }

  /** How many splits all readers hold. */
  int total() {
    return held.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The readers without a split. */
  Set<Integer> spare() {
    Set<Integer> spare = new TreeSet<>();
    held.forEach(
        (reader, splits) -> {
          if (splits == 0) {
            spare.add(reader);
          }
        });
    return spare;
  }

  /**
   * Places new splits: where the connector wants them, unless a reader there has one already and
   * another has none.
   *
   * @param wanted the connector's readers, each with its splits
   */
  <S> Map<Integer, List<S>> place(Map<Integer, ? extends Collection<S>> wanted) {
    Map<Integer, List<S>> placed = new TreeMap<>();
    Set<Integer> spare = spare();
    List<Map.Entry<Integer, S>> further = new ArrayList<>();
    new TreeMap<>(wanted)
        .forEach(
            (reader, splits) -> {
              for (S split : splits) {
                if (spare.remove(reader)) {
                  put(placed, reader, split);
                } else {
                  further.add(Map.entry(reader, split));
                }
              }
            });
    Set<Integer> free = new HashSet<>(spare);
    for (Map.Entry<Integer, S> next : further) {
      int reader = free.isEmpty() ? next.getKey() : free.iterator().next();
      free.remove(reader);
      put(placed, reader, next.getValue());
    }
    return placed;
  }

  private <S> void put(Map<Integer, List<S>> placed, int reader, S split) {
    placed.computeIfAbsent(reader, r -> new ArrayList<>()).add(split);
    held.merge(reader, 1, Integer::sum);
  }
}
