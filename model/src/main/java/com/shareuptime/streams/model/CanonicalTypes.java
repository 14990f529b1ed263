package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.expression.SqlText;
import com.shareuptime.streams.model.typing.Typed;
import java.util.List;
import java.util.Optional;

/** Which types each canonical column takes, and what it is in SQL. */
final class CanonicalTypes {
  private CanonicalTypes() {}

  static void requireFlag(Typed typed, String where) {
    if (typed.type().kind() != Kind.BOOL && !isNull(typed)) {
      throw new RefusedException(
          typed.source().at(),
          where + " is " + typed.type() + ", and must be boolean.",
          typed.type().isNumber() ? "Write x <> 0." : "Write a comparison: x = 'value'.");
    }
  }

  private static boolean isNull(Typed typed) {
    return typed.type().kind() == Kind.UNKNOWN;
  }

  static IdKind idKind(CanonicalColumn column, Expression expression, Typed typed) {
    return ofType(typed.type())
        .orElseThrow(
            () ->
                new RefusedException(
                    expression.at(),
                    column.name() + " is " + typed.type() + ", which no id is.",
                    "Ids are integers, UUIDs or texts of up to 255 bytes."));
  }

  private static Optional<IdKind> ofType(SqlType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8 -> Optional.of(IdKind.NUMBER);
      case UUID -> Optional.of(IdKind.UUID);
      case TEXT, VARCHAR, CHAR, ENUM -> Optional.of(IdKind.TEXT);
      default -> Optional.empty();
    };
  }

  /**
   * A column that the model leaves out.
   *
   * @param like SQL of the column whose value it has; null for none
   */
  static BoundColumn leftOut(CanonicalColumn column, String sqlType, String like) {
    return new BoundColumn(
        column,
        like == null ? constant(column.otherwise(), sqlType) : like,
        !column.hasDefault(),
        Values.constant(null),
        otherwise(column));
  }

  private static String constant(String otherwise, String sqlType) {
    if (otherwise == null) {
      return "null::" + sqlType;
    }
    return sqlType.equals("boolean") ? otherwise : otherwise + "::" + sqlType;
  }

  /** The default as a value. */
  private static Object otherwise(CanonicalColumn column) {
    String sql = column.otherwise();
    if (sql == null) {
      return null;
    }
    return switch (column.role()) {
      case FLAG -> Boolean.valueOf(sql);
      case AMOUNT -> Long.valueOf(sql);
      default -> sql.substring(1, sql.length() - 1);
    };
  }

  /**
   * A column that the model has.
   *
   * @param like SQL of the column whose value it has where it is null; null for none
   */
  static BoundColumn column(
      CanonicalColumn column, Expression expression, Typed typed, String like) {
    String sql = SqlText.of(expression);
    String canonical =
        switch (column.role()) {
          case ID, USER, TARGET -> id(column, expression, typed, sql);
          case TEXT -> text(column, typed, sql);
          case WORD -> word(column, typed, sql);
          case FLAG -> {
            requireFlag(typed, column.name());
            yield isNull(typed) ? "null::boolean" : sql;
          }
          case TIME -> time(column, typed, sql);
          case AMOUNT -> amount(column, typed, sql);
        };
    String otherwise = like == null ? column.otherwise() : like;
    String withDefault =
        otherwise != null && typed.nullable()
            ? "coalesce(" + canonical + ", " + otherwise + ")"
            : canonical;
    return new BoundColumn(
        column,
        withDefault,
        typed.nullable(),
        typed.type().kind() == Kind.CHAR
            ? Values.unpadded(typed.computation())
            : typed.computation(),
        otherwise(column));
  }

  /** Ids keep their type, so that an index over them serves; kinds of text are one. */
  private static String id(CanonicalColumn column, Expression expression, Typed typed, String sql) {
    return idKind(column, expression, typed) == IdKind.TEXT ? asText(typed, sql) : sql;
  }

  private static String asText(Typed typed, String sql) {
    return typed.type().kind() == Kind.TEXT && !typed.constant() ? sql : "(" + sql + ")::text";
  }

  private static String text(CanonicalColumn column, Typed typed, String sql) {
    if (!typed.type().isText() && !isNull(typed)) {
      throw new RefusedException(
          typed.source().at(),
          column.name() + " is " + typed.type() + ", and must be a text.",
          advice(typed.type()));
    }
    return asText(typed, sql);
  }

  private static String word(CanonicalColumn column, Typed typed, String sql) {
    if (typed.type().kind() == Kind.ENUM) {
      List<String> unknown =
          column.name().equals("visibility")
              ? typed.type().labels().stream()
                  .filter(label -> !WordRules.VISIBILITIES.contains(label))
                  .toList()
              : List.of();
      if (!unknown.isEmpty()) {
        throw new RefusedException(
            typed.source().at(),
            "Labels of "
                + typed.type()
                + " are no visibilities: "
                + String.join(", ", unknown)
                + ".",
            "Write: case (x)::text when '"
                + unknown.get(0)
                + "' then 'public' … else 'private' end,"
                + " of public, unlisted, followers and private.");
      }
      return asText(typed, sql);
    }
    if (!typed.type().isText() && !isNull(typed)) {
      throw new RefusedException(
          typed.source().at(),
          column.name() + " is " + typed.type() + ", and must be a text.",
          "Write: case x when … then 'word' … end.");
    }
    return asText(typed, sql);
  }

  private static String advice(SqlType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8, BOOL, UUID, ENUM -> "Write (x)::text.";
      default -> "Keep the text in a column of its own.";
    };
  }

  private static String time(CanonicalColumn column, Typed typed, String sql) {
    if (isNull(typed)) {
      return "null::timestamptz";
    }
    if (typed.type().kind() == Kind.TIMESTAMPTZ) {
      return sql;
    }
    throw new RefusedException(
        typed.source().at(),
        column.name() + " is " + typed.type() + ", and must be a time with a zone.",
        switch (typed.type().kind()) {
          case TIMESTAMP -> "Write x at time zone 'UTC', or the zone that the application writes.";
          case DATE -> "When a day begins depends on a zone. Map a column that has the time.";
          case INT2, INT4, INT8, NUMERIC ->
              "Write to_timestamp(x) of seconds, or to_timestamp(x / 1000) of milliseconds.";
          case TEXT, VARCHAR, CHAR ->
              "Write streams_model.instant(x), which reads ISO-8601 with a zone.";
          default -> "Map a time, or leave the column out.";
        });
  }

  private static String amount(CanonicalColumn column, Typed typed, String sql) {
    if (isNull(typed)) {
      return "null::bigint";
    }
    if (typed.type().isInteger()) {
      return typed.type().kind() == Kind.INT8 ? sql : "(" + sql + ")::bigint";
    }
    throw new RefusedException(
        typed.source().at(),
        column.name() + " is " + typed.type() + ", and must be an integer.",
        typed.type().kind() == Kind.BOOL
            ? "Write case when x then 1 else -1 end."
            : "Map an integer.");
  }
}
