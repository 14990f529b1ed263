package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.List;

/** The one type of several values, by Postgres' rule for {@code coalesce} and {@code case}. */
final class CommonType {
  private CommonType() {}

  /** Text if all are literals; among kinds of text the first decides, among numbers the widest. */
  static SqlType of(List<Typed> operands, String what) {
    SqlType common = null;
    for (Typed operand : operands) {
      if (operand.isUnknown()) {
        continue;
      }
      SqlType type = operand.type();
      if (common == null) {
        common = type;
      } else if (common.isNumber() && type.isNumber()) {
        common = common.kind().compareTo(type.kind()) >= 0 ? common : type;
      } else if (!(common.isText() && type.isText()) && !isSame(common, type)) {
        throw new RefusedException(
            operand.at(),
            what + " have no common type: " + common + " and " + type + ".",
            advice(common, type));
      }
    }
    if (common != null) {
      return common.isText() ? SqlType.of(common.kind(), common.name()) : common;
    }
    return SqlType.TEXT;
  }

  static boolean isSame(SqlType a, SqlType b) {
    return a.kind() == b.kind()
        && (a.kind() != Kind.ENUM && a.kind() != Kind.OTHER && a.kind() != Kind.ARRAY
            || a.name().equals(b.name()));
  }

  static String advice(SqlType a, SqlType b) {
    if (isTimestamp(a) && isTimestamp(b)) {
      return "Write x at time zone 'UTC' for the one without a zone.";
    }
    if (Casts.hasText(a) && Casts.hasText(b)) {
      return "Write (x)::text for those that are no texts.";
    }
    return "Make them one type.";
  }

  private static boolean isTimestamp(SqlType type) {
    return type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMPTZ;
  }
}
