package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Some of the newest targets of a kind, to pick from: none twice, and none that is deleted. */
final class RecentTargets {
  private static final int CAPACITY = 64;

  private final Shelf shelf;
  private final SplittableRandom random;
  private final List<Target> targets = new ArrayList<>();

  RecentTargets(Shelf shelf, SplittableRandom random) {
    this.shelf = shelf;
    this.random = random;
  }

  void add(Target target) {
    targets.remove(target);
    if (targets.size() < CAPACITY) {
      targets.add(target);
    } else {
      targets.set(random.nextInt(CAPACITY), target);
    }
  }

  void remove(Target target) {
    targets.remove(target);
  }

  Optional<Target> any() {
    targets.removeIf(shelf::deleted);
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(targets.get(random.nextInt(targets.size())));
  }

  Optional<Target> take() {
    Optional<Target> taken = any();
    taken.ifPresent(targets::remove);
    return taken;
  }
}
