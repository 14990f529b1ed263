package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/**
 * A column beside the users' own table that looks as if it said who may see a user's posts: of
 * settings, preferences or a profile, one row for each user. A model cannot join it, so until it is
 * brought over nothing may be public.
 */
record PrivacyElsewhere(CatalogTable table, CatalogColumn column) {
  private static final List<String> NAMES =
      List.of(
          "isprivate",
          "private",
          "accounttype",
          "accountprivacy",
          "profilevisibility",
          "visibility",
          "privacylevel",
          "privacy",
          "locked",
          "protected");

  /** Empty if users say it themselves. */
  static Optional<PrivacyElsewhere> find(TableRoles roles) {
    if (roles.users().flatMap(users -> ColumnNames.find(users, NAMES)).isPresent()) {
      return Optional.empty();
    }
    return roles.catalog().tables().stream()
        .filter(table -> isOfOneUser(roles, table))
        .flatMap(
            table ->
                ColumnNames.find(table, NAMES)
                    .map(column -> new PrivacyElsewhere(table, column))
                    .stream())
        .findFirst();
  }

  private static boolean isOfOneUser(TableRoles roles, CatalogTable table) {
    List<String> user = roles.user(table).map(List::of).orElse(List.of());
    return !user.isEmpty()
        && (table.primaryKey().equals(user)
            || table.uniqueIndexes().stream().anyMatch(index -> index.columns().equals(user)));
  }

  String doubt() {
    return "Who may see what a user posts may stand in %s of %s.%s: until a trigger brings it over, as is_private of users or visibility of posts, followers see them at most."
        .formatted(Guess.name(column.name()), Guess.name(table.schema()), Guess.name(table.name()));
  }
}
