package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guesses what rows of a table count for, and as what. */
final class CounterGuess {
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("(post|status|comment)?(likes?|favou?rites?|hearts?|upvotes?|favs?)", "likes");
    NAMES.put("(post|status|comment)?(bookmarks?|saves?|saved(posts?)?)", "bookmarks");
    NAMES.put("(post)?(shares?|reposts?|boosts?|retweets?|reblogs?)", "shares");
    NAMES.put("(post)?comments?", "comments");
    NAMES.put("(post)?repl(y|ies)", "replies");
    NAMES.put("(post|comment)?(votes?|claps?)", "votes");
    NAMES.put("(post|comment)?views?", "views");
  }

  private final TableRoles roles;

  CounterGuess(TableRoles roles) {
    this.roles = roles;
  }

  /** What a table or a kind of reaction counts as, or null. */
  static String counter(String name) {
    String plain = ColumnNames.plain(name);
    for (Map.Entry<String, String> known : NAMES.entrySet()) {
      if (plain.matches(known.getKey())) {
        return known.getValue();
      }
    }
    return null;
  }

  private static boolean isReactions(CatalogTable table) {
    return ColumnNames.plain(table.name()).matches("(post|comment)?reactions?");
  }

  /** Selects by the counter that they are of; empty for a table that counts for nothing. */
  Map<String, Guess> of(CatalogTable table) {
    Map<String, Guess> guesses = new LinkedHashMap<>();
    if (isReactions(table)) {
      Optional<CatalogColumn> kind =
          ColumnNames.find(
              table,
              List.of("type", "kind", "reaction", "reactiontype"),
              column -> column.type().kind() == Kind.ENUM);
      for (String label : kind.map(column -> column.type().labels()).orElse(List.of())) {
        String counter = counter(label);
        if (counter != null) {
          counted(table)
              .ifPresent(
                  guess ->
                      guesses.put(
                          counter,
                          guess.where(Guess.name(kind.get().name()) + " = '" + label + "'")));
        }
      }
      return guesses;
    }
    String counter = counter(table.name());
    if (counter != null) {
      counted(table).ifPresent(guess -> guesses.put(counter, guess));
    }
    return guesses;
  }

  private Optional<Guess> counted(CatalogTable table) {
    Guess guess = new Guess(table).id();
    if (!target(table, guess)) {
      return Optional.empty();
    }
    roles.user(table).ifPresent(user -> user(table, guess, user));
    if ("comments".equals(counter(table.name()))) {
      guess.column(
          "content",
          ColumnNames.find(table, ColumnNames.CONTENT, column -> column.type().isText()));
    }
    amount(table, guess);
    guess.deleted().time("created_at", ColumnNames.CREATED);
    ColumnNames.text(table, "votescope")
        .ifPresent(scope -> guess.where(Guess.name(scope.name()) + " is null"));
    return Optional.of(guess);
  }

  private static void user(CatalogTable table, Guess guess, String user) {
    guess.column("user_id", Guess.name(user));
    FollowGuess.type(table, user)
        .ifPresent(type -> guess.where(Guess.name(type.name()) + " = 'User'"));
  }

  private boolean target(CatalogTable table, Guess guess) {
    List<String> posts = new ArrayList<>(TableRoles.references(table, roles.posts()));
    List<String> reels = TableRoles.references(table, roles.reels());
    ColumnNames.find(table, List.of("postid", "statusid", "tweetid", "noteid"))
        .filter(column -> posts.isEmpty())
        .ifPresent(column -> posts.add(column.name()));
    if (!posts.isEmpty()) {
      guess.column("target_type", "'post'").column("target_id", Guess.name(posts.get(0)));
      return true;
    } else if (!reels.isEmpty()) {
      guess.column("target_type", "'reel'").column("target_id", Guess.name(reels.get(0)));
      return true;
    }
    for (CatalogColumn column : table.columns()) {
      String plain = ColumnNames.plain(column.name());
      Optional<CatalogColumn> type = FollowGuess.type(table, column.name());
      if (type.isPresent() && plain.matches(".*(able|target|subject|object|item|entity)id")) {
        guess.column("target_type", type(type.get()));
        guess.column("target_id", Guess.name(column.name()));
        return true;
      }
    }
    return false;
  }

  /** Rails writes the names of classes; others mostly write the words of a model. */
  private static String type(CatalogColumn column) {
    String name = Guess.name(column.name());
    return ColumnNames.plain(column.name()).endsWith("abletype")
        ? "case " + name + " when 'Post' then 'post' when 'Comment' then 'comment' end"
        : name;
  }

  private static void amount(CatalogTable table, Guess guess) {
    Optional<CatalogColumn> up = ColumnNames.flag(table, "voteflag", "isupvote", "upvote", "up");
    Optional<CatalogColumn> weight =
        ColumnNames.integer(table, "voteweight", "weight", "value", "amount", "claps");
    String size =
        weight.map(column -> "coalesce(" + Guess.name(column.name()) + ", 1)").orElse("1");
    if (up.isPresent()) {
      guess.column(
          "amount",
          "case when " + Guess.name(up.get().name()) + " then " + size + " else -" + size + " end");
    } else if (weight.isPresent()) {
      guess.column("amount", weight);
    }
  }
}
