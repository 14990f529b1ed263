package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses the columns of posts and reels, and which rows of their table are none. */
final class PostGuess {
  private static final List<String> REPLIES =
      List.of("inreplytoid", "replytoid", "parentid", "inreplytostatusid", "parentpostid");
  private static final List<String> BOOSTS =
      List.of("reblogofid", "repostofid", "retweetofid", "boostofid", "sharedpostid", "renoteid");

  private final TableRoles roles;
  private final CatalogTable table;

  PostGuess(TableRoles roles, CatalogTable table) {
    this.roles = roles;
    this.table = table;
  }

  Optional<CatalogColumn> reply() {
    return ColumnNames.find(table, REPLIES);
  }

  Optional<CatalogColumn> boost() {
    return ColumnNames.find(table, BOOSTS);
  }

  Guess post(String content) {
    Guess guess = new Guess(table).id();
    roles
        .user(table)
        .ifPresentOrElse(
            author -> guess.column("author_id", Guess.name(author)),
            () -> guess.column("author_id", "null").doubt("No column looks like the author."));
    content(guess, content);
    visibility(guess);
    guess.deleted();
    if (content.equals("content")) {
      inFeeds(guess);
    }
    guess.time("created_at", ColumnNames.CREATED).time("updated_at", ColumnNames.UPDATED);
    if (!guess.columns().containsKey("created_at")) {
      guess.column("created_at", "null").doubt("No column looks like the time of a post.");
    }
    boost().ifPresent(boost -> guess.where(Guess.name(boost.name()) + " is null"));
    return guess;
  }

  private void content(Guess guess, String canonical) {
    Optional<CatalogColumn> found =
        ColumnNames.find(table, ColumnNames.CONTENT, column -> column.type().isText());
    if (found.isEmpty()) {
      guess.column(canonical, "''").doubt("No column looks like the text of a post.");
    } else if (found.get().nullable()) {
      guess.column(canonical, "coalesce(" + Guess.name(found.get().name()) + ", '')");
    } else {
      guess.column(canonical, found);
    }
  }

  private void visibility(Guess guess) {
    Optional<CatalogColumn> found =
        ColumnNames.find(
            table, List.of("visibility", "privacylevel", "privacy", "audience", "access"));
    if (found.isPresent()) {
      guess.column("visibility", visibility(found.get()));
      if (found.get().type().kind() != Kind.ENUM) {
        guess.doubt("See that each value of " + found.get().name() + " is meant as mapped.");
      }
      return;
    }
    Optional<CatalogColumn> published = ColumnNames.flag(table, "published", "ispublished");
    Optional<CatalogColumn> hidden =
        ColumnNames.flag(table, "isprivate", "private", "draft", "isdraft");
    if (published.isPresent()) {
      Optional<CatalogColumn> status = ColumnNames.integer(table, "status");
      String condition = Guess.name(published.get().name());
      if (status.isPresent()) {
        condition = Guess.name(status.get().name()) + " = 1 and " + condition;
        guess.doubt("In Rails' enums 1 is mostly 'published': see the values of status.");
      }
      guess.column("visibility", "case when " + condition + " then 'public' else 'private' end");
    } else if (hidden.isPresent()) {
      guess.column(
          "visibility",
          "case when " + Guess.name(hidden.get().name()) + " then 'private' else 'public' end");
    } else {
      PrivacyElsewhere.find(roles)
          .ifPresent(
              elsewhere -> guess.column("visibility", "'followers'").doubt(elsewhere.doubt()));
    }
  }

  private static String visibility(CatalogColumn column) {
    String name = Guess.name(column.name());
    if (column.type().isInteger()) {
      return "case "
          + name
          + " when 0 then 'public' when 1 then 'unlisted' when 2 then 'followers' else 'private' end";
    } else if (column.type().kind() == Kind.ENUM) {
      StringBuilder sql = new StringBuilder("case ").append(name);
      for (String label : column.type().labels()) {
        sql.append(" when '").append(label.replace("'", "''")).append("' then '");
        sql.append(meaning(label)).append('\'');
      }
      return sql.append(" else 'private' end").toString();
    }
    return ColumnNames.plain(column.name()).equals("visibility")
        ? name
        : "case " + name + " when 'friends' then 'followers' else " + name + " end";
  }

  private static String meaning(String label) {
    String plain = ColumnNames.plain(label).toLowerCase(Locale.ROOT);
    if (plain.equals("public") || plain.equals("everyone") || plain.equals("world")) {
      return "public";
    } else if (plain.equals("unlisted")) {
      return "unlisted";
    }
    return plain.contains("follower") || plain.contains("friend") ? "followers" : "private";
  }

  private void inFeeds(Guess guess) {
    Optional<CatalogColumn> flag = ColumnNames.flag(table, "iscomment", "isreply");
    if (flag.isPresent()) {
      guess.column("in_feeds", "not " + Guess.name(flag.get().name()));
    } else {
      reply().ifPresent(reply -> guess.column("in_feeds", Guess.name(reply.name()) + " is null"));
    }
  }

  /** A row of the table that counts for another one. */
  Guess counted(CatalogColumn target) {
    Guess guess = new Guess(table);
    if (boost().isPresent() && boost().get().equals(target)) {
      guess.id();
    }
    guess.column("target_type", "'post'").column("target_id", Guess.name(target.name()));
    roles.user(table).ifPresent(user -> guess.column("user_id", Guess.name(user)));
    guess.deleted().time("created_at", ColumnNames.CREATED);
    guess.where(Guess.name(target.name()) + " is not null");
    boost()
        .filter(boost -> !boost.equals(target))
        .ifPresent(boost -> guess.where(Guess.name(boost.name()) + " is null"));
    return guess;
  }
}
