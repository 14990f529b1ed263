package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which tables must tell whole old rows ({@code replica identity full}). Those of users, posts and
 * reels do, as an update that leaves a large text alone carries it in its old row only. Those of
 * follows do unless a deleted row says by itself who followed whom.
 */
public final class OldRows {
  private final Model model;
  private final Catalog catalog;

  private OldRows(Model model, Catalog catalog) {
    this.model = model;
    this.catalog = catalog;
  }

  /** The tables that must, whether they do already or not; each once. */
  public static List<CatalogTable> whole(Model model, Catalog catalog) {
    return new OldRows(model, catalog).whole();
  }

  /**
   * The tables as they are once {@code migrate} has done its part: identities that it sets are set.
   */
  public static Catalog afterMigrate(Model model, Catalog catalog) {
    List<CatalogTable> whole = whole(model, catalog);
    return new Catalog(
        catalog.tables().stream()
            .map(
                table ->
                    whole.contains(table)
                        ? table.withIdentity(ReplicaIdentity.FULL)
                        : withSome(table))
            .toList(),
        catalog.streamsGenerated());
  }

  /** Where there is none, the primary key is set. */
  private static CatalogTable withSome(CatalogTable table) {
    return table.identity() == ReplicaIdentity.NOTHING
        ? table.withIdentity(ReplicaIdentity.DEFAULT)
        : table;
  }

  private List<CatalogTable> whole() {
    List<CatalogTable> whole = new ArrayList<>();
    for (Entity entity : model.entities()) {
      for (Branch branch : entity.branches()) {
        catalog
            .find(branch.schema(), branch.table())
            .filter(table -> mustBeWhole(entity, branch, table) && !whole.contains(table))
            .ifPresent(whole::add);
      }
    }
    return whole;
  }

  private static boolean mustBeWhole(Entity entity, Branch branch, CatalogTable table) {
    return switch (entity.kind()) {
      case USERS, POSTS, REELS -> true;
      case FOLLOWS -> !tellsFollow(branch, table);
      case COUNTER -> false;
    };
  }

  private static boolean tellsFollow(Branch branch, CatalogTable table) {
    List<String> names = new ArrayList<>();
    for (String id : List.of("follower_id", "followee_id")) {
      Expression expression = branch.columns().get(id);
      names.add(expression instanceof Column column ? column.name() : null);
    }
    // ingest takes from an old row its primary key or all: another index of identity does not do
    return names.stream().allMatch(Objects::nonNull) && table.primaryKey().containsAll(names);
  }
}
