package com.shareuptime.streams.proof.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Some of the newest of a kind, to pick from; older ones are forgotten, so that a long run stays
 * small.
 */
final class Newest<T> {
  private final int capacity;
  private final SplittableRandom random;
  private final List<T> some = new ArrayList<>();

  Newest(int capacity, SplittableRandom random) {
    this.capacity = capacity;
    this.random = random;
  }

  boolean isEmpty() {
    return some.isEmpty();
  }

  int size() {
    return some.size();
  }

  void add(T one) {
    if (some.size() < capacity) {
      some.add(one);
    } else {
      some.set(random.nextInt(capacity), one);
    }
  }

  T any() {
    return some.get(random.nextInt(some.size()));
  }

  T take() {
    int at = random.nextInt(some.size());
    T taken = some.get(at);
    some.set(at, some.get(some.size() - 1));
    some.remove(some.size() - 1);
    return taken;
  }

  void removeIf(Predicate<? super T> isGone) {
    some.removeIf(isGone);
  }
}
