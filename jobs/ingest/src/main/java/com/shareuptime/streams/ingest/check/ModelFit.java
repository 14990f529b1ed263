package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.model.BoundModel;
import java.util.ArrayList;
import java.util.List;

/** Whether each change of the tables tells which row of the model is meant. */
final class ModelFit {
  private ModelFit() {}

  /** What is wrong, each with what mends it; empty if all is well. */
  static List<String> problems(BoundModel model) {
    List<String> problems = new ArrayList<>();
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
