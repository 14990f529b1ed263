package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds columns by the names that they commonly have, whatever their spelling. */
final class ColumnNames {
  static final List<String> ID_OF_USER =
      List.of(
          "authorid",
          "userid",
          "accountid",
          "ownerid",
          "creatorid",
          "memberid",
          "profileid",
          "voterid",
          "commentuserid",
          "likerid",
          "actorid",
          "createdby",
          "postedby");
  static final List<String> CONTENT =
      List.of("content", "body", "text", "caption", "message", "title", "description");
  static final List<String> CREATED =
      List.of("createdat", "insertedat", "created", "createdon", "datecreated", "datejoined");
  static final List<String> UPDATED = List.of("updatedat", "updated", "modifiedat", "updatedon");
  static final List<String> DELETED_AT =
      List.of("deletedat", "discardedat", "removedat", "archivedat");

  private ColumnNames() {}

  /** In lower case, without underscores. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** The column with the first of these names that is there. */
  static Optional<CatalogColumn> find(CatalogTable table, List<String> names) {
    return find(table, names, column -> true);
  }

  static Optional<CatalogColumn> find(
      CatalogTable table, List<String> names, Predicate<CatalogColumn> fits) {
    for (String name : names) {
      for (CatalogColumn column : table.columns()) {
        if (plain(column.name()).equals(name) && fits.test(column)) {
          return Optional.of(column);
        }
      }
    }
    return Optional.empty();
  }

  static Optional<CatalogColumn> text(CatalogTable table, String... names) {
    return find(table, List.of(names), column -> column.type().isText());
  }

  static Optional<CatalogColumn> flag(CatalogTable table, String... names) {
    return find(table, List.of(names), column -> column.type().kind() == Kind.BOOL);
  }

  static Optional<CatalogColumn> integer(CatalogTable table, String... names) {
    return find(table, List.of(names), column -> column.type().isInteger());
  }

  static boolean isTime(CatalogColumn column) {
    return column.type().kind() == Kind.TIMESTAMP || column.type().kind() == Kind.TIMESTAMPTZ;
  }
}
