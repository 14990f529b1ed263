package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import java.util.List;

/**
 * An entity with the types of a database.
 *
 * @param id what its own ids are; of a counter without an id and of follows null
 */
public record BoundEntity(Entity entity, IdKind id, List<BoundBranch> branches) {
  public BoundEntity {
    branches = List.copyOf(branches);
  }

  public String name() {
    return entity.name();
  }
}
