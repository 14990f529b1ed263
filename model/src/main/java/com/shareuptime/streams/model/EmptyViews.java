package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Views without rows of what a model may leave out and readers ask for: reels, and counters of the
 * canonical model.
 */
final class EmptyViews {
  private static final String REELS = EntityKind.REELS.view();

  static final List<String> NAMES =
      Stream.concat(Stream.of(REELS), CountedView.CANONICAL.stream().map(CountedView::name))
          .toList();

  private final BoundModel model;

  EmptyViews(BoundModel model) {
    this.model = model;
  }

  List<String> createStatements() {
    List<String> statements = new ArrayList<>();
    model.emptyViews().forEach(name -> statements.addAll(create(name)));
    return statements;
  }

  private List<String> create(String name) {
    EntityKind kind = EntityKind.ofView(name);
    List<CanonicalColumn> columns = kind.columns(actor(name));
    return ViewSql.createEmpty(
        name,
        columns.stream()
            .map(column -> column.name() + " " + type(kind, column))
            .collect(Collectors.joining(", ")),
        columns.stream()
            .map(column -> "null::" + type(kind, column))
            .collect(Collectors.joining(", ")));
  }

  private static String actor(String view) {
    return CountedView.CANONICAL.stream()
        .filter(counter -> counter.name().equals(view))
        .map(CountedView::actor)
        .findFirst()
        .orElse("");
  }

  /** Ids are as those of posts and users are, so that they can be compared with them. */
  private String type(EntityKind kind, CanonicalColumn column) {
    return switch (column.role()) {
      case ID ->
          kind == EntityKind.COUNTER ? IdKind.NUMBER.sql() : model.entity("posts").id().sql();
      case USER -> model.entity("users").id().sql();
      case TARGET -> model.entity("posts").id().sql();
      case TEXT, WORD -> "text";
      case FLAG -> "boolean";
      case TIME -> "timestamptz";
      case AMOUNT -> "bigint";
    };
  }
}
