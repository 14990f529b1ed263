package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import java.util.List;

/**
 * An entity with the types of a database.
 *
 * @param id what its own ids are; of a counter without an id and of follows null
 * @param target what ids of targets are; null but for counters
 */
public record BoundEntity(Entity entity, IdKind id, IdKind target, List<BoundBranch> branches) {
  public BoundEntity {
    branches = List.copyOf(branches);
  }

  public String name() {
    return entity.name();
  }

  /** Whether its rows can be counted for: each is known by its id, and so is its delete. */
  boolean isTarget() {
    return entity.isTarget()
        && (!entity.isCounter() || branches.stream().allMatch(BoundBranch::isKnownById));
  }
}
