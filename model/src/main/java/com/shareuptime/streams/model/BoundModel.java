package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /** The views that are counters. */
  public List<BoundEntity> counters() {
    return entities.stream().filter(entity -> entity.entity().isCounter()).toList();
  }

  /** The entities whose rows can be counted for. */
  public List<BoundEntity> targets() {
    return entities.stream().filter(BoundEntity::isTarget).toList();
  }

  /** What one of {@link #targets} is called for which rows of a counter may count. */
  public Set<String> targetsOf(BoundEntity counter) {
    Set<String> known = new TreeSet<>();
    targets().forEach(target -> known.add(target.entity().singular()));
    Set<String> labels = new TreeSet<>();
    for (BoundBranch branch : counter.branches()) {
      labels.addAll(TargetLabels.of(branch.branch(), branch.table()).orElse(known));
    }
    labels.retainAll(known);
    return labels;
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

  /** Undoes {@link #viewStatements}, and drops what depends on the views. */
  public static final String DROP_VIEWS = "drop schema if exists streams_model cascade";

  /** The views without rows: of what the model leaves out of that which is always asked for. */
  public List<String> emptyViews() {
    return EmptyViews.NAMES.stream().filter(name -> model.entity(name).isEmpty()).toList();
  }

  /**
   * What creates or replaces the schema, functions and views, {@link #emptyViews} too. Views and
   * functions whose columns have changed their types cannot be replaced: run {@link #DROP_VIEWS}
   * first.
   *
   * @param connection to the database; the functions that a model may call are made in it on the
   *     way, and a view for a moment
   */
  public List<String> viewStatements(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>(ModelFunctions.createStatements());
    try (Statement statement = connection.createStatement()) {
      for (String function : statements) {
        statement.execute(function);
      }
      for (BoundEntity entity : entities) {
        statements.addAll(ViewSql.create(entity, statement));
      }
    }
    statements.addAll(new EmptyViews(this).createStatements());
    return List.copyOf(statements);
  }
}
