package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A first {@code model.sql} for a database, from the names that tables and columns commonly have
 * and from foreign keys. What is a guess is said in a comment above it, and so is every table that
 * was not mapped. It reads no row.
 */
public final class ModelDraft {
  private final TableRoles roles;
  private final Map<String, DraftView> views = new LinkedHashMap<>();
  private final Set<CatalogTable> mapped = new HashSet<>();

  private ModelDraft(Catalog catalog) {
    this.roles = TableRoles.of(catalog);
  }

  /** The text of a file; views that cannot be guessed are comments in it. */
  public static String of(Catalog catalog) {
    return new ModelDraft(catalog).text();
  }

  private String text() {
    roles.users().ifPresent(table -> add("users", UserGuess.of(table)));
    roles.posts().ifPresent(table -> add("posts", new PostGuess(roles, table).post("content")));
    roles.reels().ifPresent(table -> add("reels", new PostGuess(roles, table).post("caption")));
    follows();
    counters();
    roles.posts().ifPresent(this::countedPosts);
    StringBuilder text =
        new StringBuilder(
            "-- A draft from names and keys. Read each line, then run: ./streams model check\n");
    for (String mandatory : new String[] {"users", "posts", "follows"}) {
      if (!views.containsKey(mandatory)) {
        text.append("\n-- No table looks like ")
            .append(mandatory)
            .append(". Write:\n-- create view ");
        text.append(mandatory).append(" as select … from …;\n");
      }
    }
    views.values().forEach(view -> text.append('\n').append(view.sql()));
    unmapped(text);
    return text.toString();
  }

  private void add(String view, Guess guess) {
    mapped.add(guess.table());
    views.computeIfAbsent(view, DraftView::new).add(guess);
  }

  private void follows() {
    FollowGuess follows = new FollowGuess(roles);
    for (CatalogTable table : roles.catalog().tables()) {
      if (FollowGuess.isFollows(table)) {
        follows.of(table).forEach(guess -> add("follows", guess));
      }
    }
  }

  private void counters() {
    CounterGuess counters = new CounterGuess(roles);
    for (CatalogTable table : roles.catalog().tables()) {
      if (!mapped.contains(table)) {
        counters.of(table).forEach(this::add);
      }
    }
  }

  /** Replies and boosts that are rows of posts. */
  private void countedPosts(CatalogTable table) {
    PostGuess posts = new PostGuess(roles, table);
    posts.boost().ifPresent(boost -> add("shares", posts.counted(boost)));
    posts.reply().ifPresent(reply -> add("replies", posts.counted(reply)));
  }

  private void unmapped(StringBuilder text) {
    for (CatalogTable table : roles.catalog().tables()) {
      if (!mapped.contains(table)) {
        text.append("\n-- Not mapped: ").append(Guess.name(table.schema())).append('.');
        text.append(Guess.name(table.name())).append(" (");
        text.append(
            table.columns().stream()
                .map(CatalogColumn::name)
                .map(Guess::name)
                .collect(Collectors.joining(", ")));
        text.append(")");
      }
    }
    text.append('\n');
  }
}
