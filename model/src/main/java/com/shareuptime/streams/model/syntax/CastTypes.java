package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Expression.CastTarget;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.Locale;

/** The types that a value may be cast to, and what to write instead of others. */
final class CastTypes {
  private CastTypes() {}

  static CastTarget target(String type, Position at) {
    String folded = type.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    String advice =
        switch (folded.replaceAll(" ?\\(.*", "")) {
          case "text" -> null;
          case "bigint", "int8" -> null;
          case "boolean", "bool" -> null;
          case "varchar", "character varying", "char", "character", "name", "citext" ->
              "Write ::text.";
          case "int", "integer", "int4", "smallint", "int2" -> "Write ::bigint.";
          case "timestamptz", "timestamp with time zone" ->
              "Postgres' reading depends on the session's zone. Of a timestamp write"
                  + " x at time zone 'UTC'; of a text streams_model.instant(x); of seconds"
                  + " to_timestamp(x).";
          case "timestamp", "timestamp without time zone", "date", "time" ->
              "What day or hour it is depends on a zone. Map the time itself.";
          case "numeric", "decimal", "real", "float", "float4", "float8", "double precision" ->
              "Map an integer: a counter's amount is a bigint.";
          case "uuid" -> "Make the column a uuid, or map it as text.";
          default -> "Casts of a model are ::text, ::bigint and ::boolean.";
        };
    if (advice != null || folded.contains("(") || folded.contains("[")) {
      throw new RefusedException(
          at,
          "A cast to " + folded + " is refused.",
          advice != null ? advice : "Casts of a model are ::text, ::bigint and ::boolean.");
    }
    return switch (folded) {
      case "text" -> CastTarget.TEXT;
      case "bigint", "int8" -> CastTarget.BIGINT;
      default -> CastTarget.BOOLEAN;
    };
  }
}
