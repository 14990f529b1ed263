package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.syntax.ParsedFile;
import com.shareuptime.streams.model.syntax.ParsedFile.ParsedComment;
import com.shareuptime.streams.model.syntax.ParsedView;
import com.shareuptime.streams.model.syntax.ParsedView.ParsedItem;
import com.shareuptime.streams.model.syntax.ParsedView.ParsedSelect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes entities of views, and finds what is wrong with them whatever the tables are. */
final class EntityRules {
  private static final Position START = new Position(1, 1);
  private static final String EVENT = "event:";

  /** Topics, columns and Redis fields are named after a view, with up to 13 characters more. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private final Problems problems;
  private final WordRules words;

  EntityRules(Problems problems) {
    this.problems = problems;
    this.words = new WordRules(problems);
  }

  List<Entity> entities(ParsedFile file) {
    Map<String, Entity> entities = new LinkedHashMap<>();
    Map<String, ParsedComment> comments = comments(file);
    for (ParsedView view : file.views()) {
      if (entities.containsKey(view.name())) {
        problems.add(
            view.at(),
            "There are two views " + view.name() + ".",
            "Join their selects by union all in one view.");
        continue;
      }
      if (!NAME.matcher(view.name()).matches()) {
        problems.add(
            view.at(),
            "\"" + view.name() + "\" is no name for a view of a model.",
            "Use up to 40 of a to z, 0 to 9 and _, and begin with a letter.");
      }
      entities.put(view.name(), entity(view, comments.get(view.name())));
    }
    List<Entity> all = List.copyOf(entities.values());
    requireMandatory(file, all);
    requireKnownComments(comments, entities, file.unread());
    requireOwnEvents(all);
    requireOneOfPostsAndReels(all);
    if (file.unread().isEmpty() && file.whole()) {
      all.stream()
          .filter(Entity::isCounter)
          .forEach(counter -> words.requireKnownTargets(counter, all));
    }
    return all;
  }

  private Map<String, ParsedComment> comments(ParsedFile file) {
    Map<String, ParsedComment> comments = new HashMap<>();
    for (ParsedComment comment : file.comments()) {
      if (comment.text().startsWith(EVENT)
          && comments.putIfAbsent(comment.view(), comment) != null) {
        problems.add(
            comment.at(), "Two comments name the events of " + comment.view() + ".", "Keep one.");
      }
    }
    return comments;
  }

  private void requireKnownComments(
      Map<String, ParsedComment> comments, Map<String, Entity> entities, List<String> unread) {
    for (ParsedComment comment : comments.values()) {
      Entity entity = entities.get(comment.view());
      if (entity == null && !unread.contains(comment.view())) {
        problems.add(
            comment.at(),
            "There is no view " + comment.view() + ".",
            "Comment on a view of this file.");
      } else if (entity != null && !entity.isCounter()) {
        problems.add(
            comment.at(), entity.name() + " has no events of its own.", "Leave the comment out.");
      }
    }
  }

  private void requireMandatory(ParsedFile file, List<Entity> entities) {
    for (EntityKind kind : EntityKind.values()) {
      boolean isThere =
          file.unread().contains(kind.view())
              || entities.stream().anyMatch(entity -> entity.kind() == kind);
      if (kind.isMandatory() && !isThere && file.whole()) {
        Position end = file.views().isEmpty() ? START : file.views().get(0).at();
        problems.add(
            end,
            "The model has no view " + kind.view() + ".",
            "Write: create view " + kind.view() + " as select " + required(kind) + " from …;");
      }
    }
  }

  private static String required(EntityKind kind) {
    return String.join(
        ", ",
        kind.columns("user_id").stream()
            .filter(CanonicalColumn::required)
            .map(column -> "… as " + column.name())
            .toList());
  }

  private Entity entity(ParsedView view, ParsedComment comment) {
    EntityKind kind = EntityKind.ofView(view.name());
    List<CanonicalColumn> columns = kind.columns(actor(view));
    List<Branch> branches = new ArrayList<>();
    ParsedSelect first = view.selects().isEmpty() ? null : view.selects().get(0);
    for (ParsedSelect select : view.selects()) {
      branches.add(branch(view, select, first, columns, kind));
    }
    return new Entity(
        view.at(), view.name(), kind, singular(view, kind, comment), columns, branches);
  }

  private static String actor(ParsedView view) {
    for (ParsedSelect select : view.selects()) {
      for (ParsedItem item : select.items()) {
        if (EntityKind.ACTORS.contains(String.valueOf(item.name()))) {
          return item.name();
        }
      }
    }
    return EntityKind.ACTORS.get(0);
  }

  private String singular(ParsedView view, EntityKind kind, ParsedComment comment) {
    if (kind != EntityKind.COUNTER) {
      return kind.singular();
    }
    if (comment != null) {
      String event = comment.text().substring(EVENT.length()).strip();
      if (!NAME.matcher(event).matches()) {
        problems.add(
            comment.at(),
            "\"" + event + "\" is no name for events.",
            "Use up to 40 of a to z, 0 to 9 and _, and begin with a letter.");
      }
      return event;
    }
    String name = view.name();
    if (!name.endsWith("s") || name.length() == 1) {
      problems.add(
          view.at(),
          "What one of \"" + name + "\" is called is not clear, as the name has no s to drop.",
          "Write: comment on view " + name + " is 'event: …';");
      return name;
    }
    return name.substring(0, name.length() - 1);
  }

  private Branch branch(
      ParsedView view,
      ParsedSelect select,
      ParsedSelect first,
      List<CanonicalColumn> columns,
      EntityKind kind) {
    List<String> known = columns.stream().map(CanonicalColumn::name).toList();
    if (select.items().size() != first.items().size()) {
      problems.add(
          select.at(),
          "This select has %d columns, the first one %d."
              .formatted(select.items().size(), first.items().size()),
          "Give all selects of a view the same columns in the same order.");
    }
    boolean isWhole = select.items().size() == first.items().size();
    Set<String> unread = new HashSet<>();
    Map<String, Expression> expressions = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(select.items().size(), first.items().size()); i++) {
      ParsedItem item = select.items().get(i);
      String name = first.items().get(i).name();
      if (name == null) {
        if (first.items().get(i).expression() == null) {
          isWhole = false;
        } else if (select == first) {
          problems.add(item.at(), "This column has no name.", "Write: EXPRESSION as NAME.");
        }
        continue;
      }
      if (select != first && item.alias() != null && !item.alias().equals(name)) {
        problems.add(
            item.at(),
            "Selects of a union are joined by place: this is "
                + name
                + ", not "
                + item.alias()
                + ".",
            "Give all selects of a view the same columns in the same order.");
      }
      if (item.expression() == null) {
        unread.add(name);
      } else if (!known.contains(name)) {
        if (select == first) {
          unknownColumn(view, item, name, known);
        }
      } else if (expressions.put(name, item.expression()) != null) {
        problems.add(item.at(), "There are two columns " + name + ".", "Leave one out.");
      }
    }
    for (CanonicalColumn column : columns) {
      boolean isThere = expressions.containsKey(column.name()) || unread.contains(column.name());
      if (column.required() && isWhole && !isThere) {
        problems.add(
            view.at(),
            "The view " + view.name() + " has no column " + column.name() + ".",
            "Add to its select: EXPRESSION as " + column.name() + ".");
      }
    }
    words.requireKnown(kind, expressions);
    return new Branch(select.at(), select.schema(), select.table(), expressions, select.where());
  }

  private void unknownColumn(ParsedView view, ParsedItem item, String name, List<String> known) {
    if (EntityKind.ACTORS.contains(name)
        && view.name() != null
        && EntityKind.ofView(view.name()) == EntityKind.COUNTER) {
      problems.add(
          item.at(), "user_id and author_id both name the user of a row.", "Keep one of them.");
      return;
    }
    problems.add(
        item.at(),
        "The view " + view.name() + " has no column " + name + ".",
        Catalog.nearest(name, known)
                .map(near -> "Is it meant as " + near + "? ")
                .orElse("Leave it out. ")
            + "Columns: "
            + String.join(", ", known)
            + ".");
  }

  private void requireOwnEvents(List<Entity> entities) {
    Set<String> singulars = new HashSet<>();
    for (EntityKind kind : EntityKind.values()) {
      singulars.add(kind.singular());
    }
    for (Entity entity : entities) {
      if (entity.isCounter() && !singulars.add(entity.singular())) {
        problems.add(
            entity.at(),
            "Two of the model are called " + entity.singular() + ".",
            "Write: comment on view " + entity.name() + " is 'event: …'; with another word.");
      }
    }
  }

  private void requireOneOfPostsAndReels(List<Entity> entities) {
    Set<String> tables = new HashSet<>();
    entities.stream()
        .filter(entity -> entity.kind() == EntityKind.POSTS)
        .flatMap(entity -> entity.branches().stream())
        .forEach(branch -> tables.add(branch.tableName()));
    for (Entity entity : entities) {
      if (entity.kind() != EntityKind.REELS) {
        continue;
      }
      for (Branch branch : entity.branches()) {
        if (tables.contains(branch.tableName())) {
          problems.add(
              branch.at(),
              "posts and reels are over one table, "
                  + branch.tableName()
                  + ": a like of one of its rows does not say which it is of.",
              "Map all of its rows as posts, and leave reels out.");
        }
      }
    }
  }
}
