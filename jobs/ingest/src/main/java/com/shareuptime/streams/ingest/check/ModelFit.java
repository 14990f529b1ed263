package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Entity;
import java.util.ArrayList;
import java.util.List;

/** Whether the topics can hold what a model makes of its tables. */
final class ModelFit {
  private ModelFit() {}

  /** What is wrong, each with what mends it; empty if all is well. */
  static List<String> problems(BoundModel model) {
    List<String> problems = new ArrayList<>();
    for (Entity entity : model.model().notCounted()) {
      problems.add(
          "the model has a view %s, and counters of other names than likes, comments and shares are not counted yet: leave it out"
              .formatted(entity.name()));
    }
    for (EntityBranch branch : EntityBranch.of(model)) {
      if (!branch.isKnownByPrimaryKey() && !branch.rows().table().isIdentityFull()) {
        problems.add(
            "a delete in table %s would not say which row of %s is gone, as its primary key is not what %s are known by (%s): alter table %s replica identity full;"
                .formatted(
                    branch.table(),
                    branch.entity().name(),
                    branch.entity().name(),
                    String.join(", ", branch.key().names()),
                    branch.table().sqlName()));
      }
    }
    return problems;
  }
}
