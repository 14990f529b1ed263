package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.model.CanonicalColumn.Role;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.expression.SqlText;
import com.shareuptime.streams.model.typing.LargeValues;
import com.shareuptime.streams.model.typing.Typed;
import com.shareuptime.streams.model.typing.Typer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a model the types of a database, and finds what is wrong with it there. */
final class Binder {
  private final Model model;
  private final Catalog catalog;
  private final Problems problems = new Problems();
  private final Set<String> checkedTables = new HashSet<>();

  /** What ids are of each entity, and of users where they are named. */
  private final Map<String, IdKind> ids = new HashMap<>();

  /** An id that names a row of another entity, to be compared with it at the end. */
  private record Reference(Position at, String column, IdKind kind, Expression targetType) {}

  /** What ids of targets are of each counter. */
  private final Map<String, IdKind> targetIds = new HashMap<>();

  private final List<Reference> users = new ArrayList<>();
  private final List<Reference> targets = new ArrayList<>();

  Binder(Model model, Catalog catalog) {
    this.model = model;
    this.catalog = catalog;
  }

  BoundModel bind() {
    Map<Entity, BoundEntity> byEntity = new HashMap<>();
    // users first: what a left-out user is of a counter has the type of their ids
    model.entity("users").ifPresent(users -> byEntity.put(users, bind(users)));
    model.entities().forEach(entity -> byEntity.computeIfAbsent(entity, this::bind));
    List<BoundEntity> bound = model.entities().stream().map(byEntity::get).toList();
    for (Reference user : users) {
      requireSame(user, "user");
    }
    for (Reference target : targets) {
      if (target.targetType() instanceof Literal literal) {
        requireSame(target, String.valueOf(literal.value()));
      } else {
        requireSameAsTargets(target);
      }
    }
    if (problems.isEmpty()) {
      bound.stream()
          .filter(entity -> entity.entity().isCounter())
          .forEach(counter -> requireKnownTargets(counter, bound));
    }
    if (!problems.isEmpty()) {
      throw new ModelException(problems.inOrder());
    }
    return new BoundModel(model, bound, targetId());
  }

  private BoundEntity bind(Entity entity) {
    List<BoundBranch> branches = new ArrayList<>();
    for (Branch branch : entity.branches()) {
      bind(entity, branch).ifPresent(branches::add);
    }
    return new BoundEntity(
        entity, ids.get(entity.singular()), targetIds.get(entity.name()), branches);
  }

  /** A target whose delete does not say which it was would keep its counters. */
  private void requireKnownTargets(BoundEntity counter, List<BoundEntity> all) {
    for (Branch branch : counter.entity().branches()) {
      if (branch.columns().get("target_type") instanceof Literal literal) {
        all.stream()
            .filter(entity -> entity.entity().singular().equals(literal.value()))
            .filter(entity -> !entity.isTarget())
            .forEach(
                entity ->
                    problems.add(
                        literal.at(),
                        "%s can be counted for only if the id of their view is the primary key of its table."
                            .formatted(entity.name()),
                        "Map the primary key as id in the view " + entity.name() + "."));
      }
    }
  }

  private IdKind targetId() {
    Set<IdKind> kinds = new HashSet<>();
    model.entities().stream()
        .filter(Entity::isTarget)
        .forEach(entity -> kinds.add(ids.get(entity.singular())));
    return kinds.size() == 1 ? kinds.iterator().next() : IdKind.TEXT;
  }

  private void requireSame(Reference reference, String entity) {
    IdKind kind = ids.get(entity);
    if (kind != null && kind != reference.kind()) {
      problems.add(
          reference.at(),
          "%s is of type %s, and ids of a %s are of type %s."
              .formatted(reference.column(), reference.kind().sql(), entity, kind.sql()),
          kind == IdKind.TEXT
              ? "Write (…)::text as " + reference.column() + "."
              : "Map the column that has the id.");
    }
  }

  private void requireSameAsTargets(Reference reference) {
    boolean isOne =
        model.entities().stream()
            .anyMatch(
                entity -> entity.isTarget() && ids.get(entity.singular()) == reference.kind());
    if (!isOne && targetId() != reference.kind()) {
      problems.add(
          reference.at(),
          "%s is of type %s, and no entity has such ids."
              .formatted(reference.column(), reference.kind().sql()),
          "Map the column that has the target's id.");
    }
  }

  private Optional<BoundBranch> bind(Entity entity, Branch branch) {
    Optional<CatalogTable> found = catalog.find(branch.schema(), branch.table());
    if (found.isEmpty()) {
      List<String> names = catalog.tables().stream().map(CatalogTable::toString).toList();
      problems.add(
          branch.at(),
          "There is no table " + branch.tableName() + ".",
          Catalog.nearest(branch.tableName(), names)
              .map(near -> "Is it " + near + "? A name with capitals stands in quotes.")
              .orElse("Name a table of the database: from SCHEMA.TABLE."));
      return Optional.empty();
    }
    CatalogTable table = found.get();
    if (checkedTables.add(branch.tableName())) {
      requireIdentity(branch, table);
    }
    Typer typer = new Typer(table, catalog.streamsGenerated());
    LargeValues large = new LargeValues(table);
    Computation where = null;
    if (branch.where() != null) {
      try {
        Typed condition = typer.type(branch.where());
        CanonicalTypes.requireFlag(condition, "where");
        large.requireDecided(branch.where());
        where = condition.computation();
      } catch (RefusedException e) {
        problems.add(e);
      }
    }
    List<BoundColumn> columns = new ArrayList<>();
    for (CanonicalColumn canonical : entity.columns()) {
      Expression expression = branch.columns().get(canonical.name());
      try {
        columns.add(
            expression == null
                ? CanonicalTypes.leftOut(
                    canonical, sqlType(entity, canonical), like(canonical, columns))
                : column(
                    entity, branch, canonical, expression, like(canonical, columns), typer, large));
      } catch (RefusedException e) {
        problems.add(e);
      }
    }
    if (columns.size() < entity.columns().size()) {
      return Optional.empty();
    }
    return Optional.of(
        new BoundBranch(
            branch,
            table,
            columns,
            where,
            branch.where() == null ? null : SqlText.of(branch.where())));
  }

  /** SQL of the column that it is like; null if it is like none, or that one is refused. */
  private static String like(CanonicalColumn column, List<BoundColumn> before) {
    return before.stream()
        .filter(other -> other.canonical().name().equals(column.like()))
        .map(BoundColumn::sql)
        .findFirst()
        .orElse(null);
  }

  private String sqlType(Entity entity, CanonicalColumn column) {
    return switch (column.role()) {
      case ID -> IdKind.NUMBER.sql();
      case USER -> ids.getOrDefault("user", IdKind.NUMBER).sql();
      case TARGET, AMOUNT -> "bigint";
      case TEXT, WORD -> "text";
      case FLAG -> "boolean";
      case TIME -> "timestamptz";
    };
  }

  private BoundColumn column(
      Entity entity,
      Branch branch,
      CanonicalColumn canonical,
      Expression expression,
      String like,
      Typer typer,
      LargeValues large) {
    Typed typed = typer.type(expression);
    BoundColumn bound = CanonicalTypes.column(canonical, expression, typed, like);
    if (canonical.role() == Role.TEXT) {
      large.requireUnchanged(expression);
    } else {
      large.requireKnown(expression);
    }
    if (canonical.role().isId()) {
      IdKind kind = CanonicalTypes.idKind(canonical, expression, typed);
      reference(entity, branch, canonical, expression, kind);
    }
    return bound;
  }

  private void reference(
      Entity entity, Branch branch, CanonicalColumn canonical, Expression expression, IdKind kind) {
    Reference reference =
        new Reference(expression.at(), canonical.name(), kind, branch.columns().get("target_type"));
    switch (canonical.role()) {
      case ID -> {
        IdKind before = ids.putIfAbsent(entity.singular(), kind);
        if (before != null && before != kind) {
          problems.add(
              expression.at(),
              "Ids of %s are of type %s in one select and of type %s in another."
                  .formatted(entity.name(), before.sql(), kind.sql()),
              "Write (…)::text as id in both.");
        }
      }
      case USER -> users.add(reference);
      default -> {
        targetIds.merge(entity.name(), kind, (one, other) -> one == other ? one : IdKind.TEXT);
        targets.add(reference);
      }
    }
  }

  private void requireIdentity(Branch branch, CatalogTable table) {
    String name = SqlText.identifier(table.schema()) + "." + SqlText.identifier(table.name());
    if (table.primaryKey().isEmpty()) {
      problems.add(
          branch.at(),
          table
              + " has no primary key, by which a row is known. Once it is published, the product's"
              + " own updates and deletes of it fail.",
          PrimaryKeyMend.of(table, name));
    } else if (table.identity() == ReplicaIdentity.NOTHING) {
      problems.add(
          branch.at(),
          table
              + " has no replica identity: once it is published, the product's own updates and"
              + " deletes of it fail.",
          "Run: alter table " + name + " replica identity default;");
    } else if (!table.carriesOld(table.primaryKey())) {
      problems.add(
          branch.at(),
          table
              + " has the replica identity of an index without the primary key, by which a row"
              + " is known.",
          "Run: alter table " + name + " replica identity default; (or full)");
    }
  }
}
