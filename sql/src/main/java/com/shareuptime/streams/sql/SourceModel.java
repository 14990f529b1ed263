package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.OldRows;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model on the tables of the product's database, as they will be once it is migrated.
 *
 * @param source the text of the model
 * @param wholeRows tables that must tell whole old rows
 */
public record SourceModel(String source, BoundModel bound, List<CatalogTable> wholeRows) {
  public SourceModel {
    wholeRows = List.copyOf(wholeRows);
  }

  /**
   * @param given the text of a model; null for the one that the database has, or else that of
   *     ShareUptime's own tables
   * @throws ModelException if it is refused, with all that is wrong with it
   */
  public static SourceModel of(Connection connection, String given) throws SQLException {
    String source =
        given != null ? given : Model.recorded(connection).orElseGet(Model::canonicalSql);
    Model model = Model.parse(source);
    Catalog catalog = CatalogReader.read(connection);
    return new SourceModel(
        source, model.bind(OldRows.afterMigrate(model, catalog)), OldRows.whole(model, catalog));
  }

  /** Whether it is that of ShareUptime's own tables. */
  public boolean isCanonical() {
    return isCanonical(source);
  }

  /** The same, of the text of a model. */
  public static boolean isCanonical(String source) {
    return source.strip().equals(Model.canonicalSql().strip());
  }

  /**
   * What the read models are made of. Of a model without reels, their ids are as those of posts.
   * Ordinals of counters that not every product has mean nothing yet: the database of the read
   * models gives them out.
   */
  public IdKinds ids() {
    IdKind posts = bound.entity("posts").id();
    IdKind reels = bound.model().entity("reels").isPresent() ? bound.entity("reels").id() : posts;
    IdKind users = bound.entity("users").id();
    List<CountedView> counters = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    int next = CounterKind.FIXED;
    for (BoundEntity entity : bound.counters()) {
      Optional<CounterKind> fixed = fixed(entity.name());
      CountedView counter =
          counter(entity, fixed.isPresent() ? fixed.get() : CounterKind.of(next++));
      counters.add(counter);
      targets.addAll(counter.targets());
    }
    new IdKinds(users, posts, reels)
        .counters().stream()
            .filter(fixed -> bound.model().entity(fixed.name()).isEmpty())
            .forEach(counters::add);
    return new IdKinds(users, posts, reels, others(targets), counters);
  }

  private static Optional<CounterKind> fixed(String view) {
    return CountedView.CANONICAL.stream()
        .filter(counter -> counter.name().equals(view))
        .map(CountedView::kind)
        .findFirst();
  }

  private CountedView counter(BoundEntity view, CounterKind kind) {
    Entity entity = view.entity();
    return new CountedView(
        kind,
        entity.name(),
        entity.singular(),
        bound.targetsOf(view),
        entity.actor().orElse(null),
        entity.has("amount"),
        view.target());
  }

  /** Entities that something may be counted for, besides posts and reels. */
  private List<TargetEntity> others(Set<String> targets) {
    return bound.targets().stream()
        .filter(entity -> targets.contains(entity.entity().singular()))
        .map(
            entity ->
                new TargetEntity(
                    Target.Type.of(entity.entity().singular()), entity.name(), entity.id()))
        .filter(entity -> !Target.Type.DOCUMENTS.contains(entity.type()))
        .toList();
  }

  /** The tables that it names, each once, in the order of the file. */
  List<CatalogTable> tables() {
    return branches().stream().map(BoundBranch::table).distinct().toList();
  }

  List<BoundBranch> branches() {
    return bound.entities().stream().map(BoundEntity::branches).flatMap(List::stream).toList();
  }
}
