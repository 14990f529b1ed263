package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.OldRows;
import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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
    requireCounted(model);
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

  /** What ids are. Of a model without reels, theirs are as those of posts. */
  public IdKinds ids() {
    IdKind posts = bound.entity("posts").id();
    return new IdKinds(
        bound.entity("users").id(),
        posts,
        bound.model().entity("reels").isPresent() ? bound.entity("reels").id() : posts);
  }

  /** The tables that it names, each once, in the order of the file. */
  List<CatalogTable> tables() {
    return branches().stream().map(BoundBranch::table).distinct().toList();
  }

  List<BoundBranch> branches() {
    return bound.entities().stream().map(BoundEntity::branches).flatMap(List::stream).toList();
  }

  private static void requireCounted(Model model) {
    List<Problem> problems =
        model.notCounted().stream()
            .map(
                counter ->
                    Problem.at(
                        counter.at(),
                        "%s are not counted yet: the jobs count likes, comments and shares."
                            .formatted(counter.name()),
                        "Leave this view out."))
            .toList();
    if (!problems.isEmpty()) {
      throw new ModelException(problems);
    }
  }
}
