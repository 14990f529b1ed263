package com.shareuptime.streams.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A model on the tables of a database: what computes rows here, and views there. Immutable. */
public final class BoundModel {
  private final Model model;
  private final List<BoundEntity> entities;
  private final IdKind targetId;

  BoundModel(Model model, List<BoundEntity> entities, IdKind targetId) {
    this.model = model;
    this.entities = List.copyOf(entities);
    this.targetId = targetId;
  }

  public Model model() {
    return model;
  }

  public List<BoundEntity> entities() {
    return entities;
  }

  /**
   * @throws IllegalArgumentException if the model has no such view
   */
  public BoundEntity entity(String name) {
    return entities.stream()
        .filter(entity -> entity.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the model has no view " + name));
  }

  /** What ids of targets are where all are in one table: text if they differ. */
  public IdKind targetId() {
    return targetId;
  }

  /** Every branch over this table, with its entity: one row of it may be a row of several. */
  public List<BoundBranch> branchesOver(String schema, String table) {
    List<BoundBranch> found = new ArrayList<>();
    for (BoundEntity entity : entities) {
      for (BoundBranch branch : entity.branches()) {
        if (branch.table().schema().equals(schema) && branch.table().name().equals(table)) {
          found.add(branch);
        }
      }
    }
    return Collections.unmodifiableList(found);
  }

  /**
   * Creates or replaces the schema, functions and views. A view whose columns change their types
   * cannot be replaced: drop it first, by {@link #dropStatements}.
   */
  public List<String> viewStatements() {
    List<String> statements = new ArrayList<>(ModelFunctions.createStatements());
    for (BoundEntity entity : entities) {
      statements.addAll(ViewSql.create(entity));
    }
    return List.copyOf(statements);
  }

  /** Creates the schema, and the functions that a model may call. */
  public List<String> functionStatements() {
    return ModelFunctions.createStatements();
  }

  /** The rows of an entity, with all its columns. */
  public String select(BoundEntity entity) {
    return ViewSql.selects(entity);
  }

  /** Undoes {@link #viewStatements}; fails where something else depends on them. */
  public List<String> dropStatements() {
    List<String> statements = new ArrayList<>();
    for (BoundEntity entity : entities) {
      statements.add(ViewSql.drop(entity.name()));
    }
    statements.addAll(ModelFunctions.dropStatements());
    return List.copyOf(statements);
  }
}
