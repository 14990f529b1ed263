package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.util.Optional;
import java.util.SplittableRandom;

/** Some of the newest targets of a kind, to pick from: none twice, and none that is deleted. */
final class RecentTargets {
  private static final int CAPACITY = 64;

  private final Shelf shelf;
  private final Newest<Target> targets;

  RecentTargets(Shelf shelf, SplittableRandom random) {
    this.shelf = shelf;
    this.targets = new Newest<>(CAPACITY, random);
  }

  void add(Target target) {
    remove(target);
    targets.add(target);
  }

  void remove(Target target) {
    targets.removeIf(target::equals);
  }

  Optional<Target> any() {
    targets.removeIf(shelf::deleted);
    return targets.isEmpty() ? Optional.empty() : Optional.of(targets.any());
  }

  Optional<Target> take() {
    Optional<Target> taken = any();
    taken.ifPresent(this::remove);
    return taken;
  }
}
