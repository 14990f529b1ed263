package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Guesses who follows whom. */
final class FollowGuess {
  private static final String NAMES =
      "(user)?(follows?|followers?|followings?|subscriptions?|relationships?|friendships?|friends)";
  private static final String FOLLOWEE =
      ".*(target|following|followed|followee|followable|friend|leader|subscribed|to)(account|user)?id";

  private final TableRoles roles;

  FollowGuess(TableRoles roles) {
    this.roles = roles;
  }

  static boolean isFollows(CatalogTable table) {
    return ColumnNames.plain(table.name()).matches(NAMES);
  }

  /** One select, or two for friends, of whom each follows the other. */
  List<Guess> of(CatalogTable table) {
    List<String> users = new ArrayList<>(TableRoles.references(table, roles.users()));
    for (CatalogColumn column : table.columns()) {
      String plain = ColumnNames.plain(column.name());
      boolean isUser = plain.matches(FOLLOWEE) || ColumnNames.ID_OF_USER.contains(plain);
      if ((isUser || plain.equals("followerid")) && !users.contains(column.name())) {
        users.add(column.name());
      }
    }
    if (users.size() < 2) {
      return List.of();
    }
    String followee =
        users.stream()
            .filter(column -> ColumnNames.plain(column).matches(FOLLOWEE))
            .findFirst()
            .orElse(users.get(1));
    String follower =
        users.stream().filter(column -> !column.equals(followee)).findFirst().orElseThrow();
    List<Guess> guesses = new ArrayList<>(List.of(follow(table, follower, followee)));
    if (ColumnNames.plain(table.name()).startsWith("friend")) {
      guesses.add(follow(table, followee, follower));
    }
    return guesses;
  }

  private static Guess follow(CatalogTable table, String follower, String followee) {
    Guess guess =
        new Guess(table)
            .column("follower_id", Guess.name(follower))
            .column("followee_id", Guess.name(followee));
    for (String column : List.of(follower, followee)) {
      type(table, column).ifPresent(type -> guess.where(Guess.name(type.name()) + " = 'User'"));
    }
    Optional<CatalogColumn> status = ColumnNames.text(table, "status", "state");
    Optional<CatalogColumn> blocked = ColumnNames.flag(table, "blocked", "isblocked");
    Optional<CatalogColumn> accepted =
        ColumnNames.flag(table, "accepted", "isaccepted", "approved");
    if (status.isPresent()) {
      guess.column("status", status);
    } else if (accepted.isPresent()) {
      guess.column(
          "status",
          "case when " + Guess.name(accepted.get().name()) + " then 'accepted' else 'pending' end");
    } else {
      blocked.ifPresent(
          flag ->
              guess.column(
                  "status",
                  "case when " + Guess.name(flag.name()) + " then 'blocked' else 'accepted' end"));
    }
    return guess.time("created_at", ColumnNames.CREATED);
  }

  /** {@code followable_type} of {@code followable_id}. */
  static Optional<CatalogColumn> type(CatalogTable table, String id) {
    String plain = ColumnNames.plain(id);
    return plain.endsWith("id")
        ? ColumnNames.text(table, plain.substring(0, plain.length() - 2) + "type")
        : Optional.empty();
  }
}
