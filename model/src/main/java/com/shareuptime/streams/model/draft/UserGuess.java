package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/** Guesses the columns of users. */
final class UserGuess {
  private static final List<String> ENDED =
      List.of("suspendedat", "deactivatedat", "disabledat", "bannedat", "deletedat", "discardedat");

  private UserGuess() {}

  static Guess of(CatalogTable table) {
    Guess guess = new Guess(table).id();
    Optional<CatalogColumn> username =
        ColumnNames.text(
            table, "username", "login", "handle", "nickname", "screenname", "preferredusername");
    Optional<CatalogColumn> first = ColumnNames.text(table, "firstname", "givenname");
    Optional<CatalogColumn> last = ColumnNames.text(table, "lastname", "familyname", "surname");
    Optional<CatalogColumn> name = ColumnNames.text(table, "name", "fullname");
    // two large texts in one column would need replica identity full
    boolean hasParts =
        first.isPresent()
            && last.isPresent()
            && !first.get().type().mayBeLarge()
            && !last.get().type().mayBeLarge();
    String parts =
        hasParts ? Guess.name(first.get().name()) + ", " + Guess.name(last.get().name()) : "";
    if (username.isPresent()) {
      guess.column("username", username);
    } else if (name.isPresent()) {
      guess.column("username", name);
    } else if (hasParts) {
      guess
          .column("username", "concat_ws(' ', " + parts + ")")
          .doubt("There is no user name: first and last name stand for it.");
    } else if (first.isPresent()) {
      guess
          .column("username", "coalesce(" + Guess.name(first.get().name()) + ", '')")
          .doubt("There is no user name: the first name stands for it.");
    } else {
      guess.column("username", "null").doubt("No column looks like a user name.");
    }
    Optional<CatalogColumn> display = ColumnNames.text(table, "displayname", "fullname", "name");
    if (display.isPresent() && !display.equals(username) && username.isPresent()) {
      guess.column("display_name", display);
    } else if (username.isPresent() && hasParts) {
      guess.column("display_name", "trim(concat(" + parts.replace(", ", ", ' ', ") + "))");
    }
    guess
        .column("avatar_url", avatar(table))
        .column("is_verified", ColumnNames.flag(table, "isverified", "verified"));
    active(table, guess);
    return guess
        .column(
            "is_private", ColumnNames.flag(table, "isprivate", "private", "locked", "protected"))
        .time(
            "last_active_at",
            List.of(
                "lastactiveat",
                "lastseenat",
                "lastsigninat",
                "currentsigninat",
                "lastloginat",
                "lastlogin"))
        .time("created_at", ColumnNames.CREATED);
  }

  private static Optional<CatalogColumn> avatar(CatalogTable table) {
    return table.columns().stream()
        .filter(column -> column.type().isText())
        .filter(column -> ColumnNames.plain(column.name()).matches(".*(avatar|picture|photo).*"))
        .findFirst();
  }

  private static void active(CatalogTable table, Guess guess) {
    Optional<CatalogColumn> active = ColumnNames.flag(table, "isactive", "active", "enabled");
    Optional<CatalogColumn> ended = ColumnNames.find(table, ENDED, ColumnNames::isTime);
    Optional<CatalogColumn> flag =
        ColumnNames.flag(table, "isdeleted", "deleted", "suspended", "banned", "disabled");
    if (active.isPresent()) {
      guess.column("is_active", active);
    } else if (ended.isPresent()) {
      guess.column("is_active", Guess.name(ended.get().name()) + " is null");
    } else {
      flag.ifPresent(found -> guess.column("is_active", "not " + Guess.name(found.name())));
    }
  }
}
