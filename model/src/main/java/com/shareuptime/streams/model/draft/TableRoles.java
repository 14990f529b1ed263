package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.ForeignKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which tables are users, posts and reels. */
record TableRoles(
    Catalog catalog,
    Optional<CatalogTable> users,
    Optional<CatalogTable> posts,
    Optional<CatalogTable> reels) {

  private static final List<String> USERS =
      List.of(
          "users",
          "user",
          "accounts",
          "account",
          "profiles",
          "profile",
          "members",
          "member",
          "actors",
          "people");
  private static final List<String> POSTS =
      List.of(
          "posts",
          "post",
          "statuses",
          "status",
          "notes",
          "note",
          "tweets",
          "tweet",
          "toots",
          "entries",
          "articles",
          "article",
          "photos",
          "threads");
  private static final List<String> REELS = List.of("reels", "reel", "shorts", "short", "clips");

  static TableRoles of(Catalog catalog) {
    return new TableRoles(
        catalog, first(catalog, USERS), first(catalog, POSTS), first(catalog, REELS));
  }

  /** By the order of names, and of one name the one that most others refer to. */
  private static Optional<CatalogTable> first(Catalog catalog, List<String> names) {
    for (String name : names) {
      Optional<CatalogTable> found =
          catalog.tables().stream()
              .filter(table -> ColumnNames.plain(table.name()).equals(name))
              .filter(table -> table.primaryKey().size() == 1)
              .max(Comparator.comparingLong(table -> references(catalog, table)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static long references(Catalog catalog, CatalogTable table) {
    return catalog.tables().stream()
        .flatMap(other -> other.foreignKeys().stream())
        .filter(key -> names(key, table))
        .count();
  }

  private static boolean names(ForeignKey key, CatalogTable table) {
    return key.schema().equals(table.schema()) && key.table().equals(table.name());
  }

  /** Columns of a table that name rows of another. */
  static List<String> references(CatalogTable from, Optional<CatalogTable> to) {
    return to.map(
            table ->
                from.foreignKeys().stream()
                    .filter(key -> names(key, table))
                    .map(ForeignKey::column)
                    .toList())
        .orElse(List.of());
  }

  /** The column with the user who made a row. */
  Optional<String> user(CatalogTable table) {
    List<String> keys = references(table, users);
    Optional<String> named =
        ColumnNames.find(table, ColumnNames.ID_OF_USER).map(CatalogColumn::name);
    if (named.isPresent() && (keys.isEmpty() || keys.contains(named.get()))) {
      return named;
    }
    return keys.stream().findFirst();
  }
}
