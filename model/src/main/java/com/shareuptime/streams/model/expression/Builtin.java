package com.shareuptime.streams.model.expression;

import java.util.Locale;
import java.util.Optional;

/** The functions that a model may call, with the number of arguments that each takes. */
public enum Builtin {
  CONCAT("concat", 1, Integer.MAX_VALUE),
  CONCAT_WS("concat_ws", 2, Integer.MAX_VALUE),
  LOWER("lower", 1, 1),
  UPPER("upper", 1, 1),
  /** {@code trim(both … from …)}: text, then the characters, by default a space. */
  TRIM("btrim", 1, 2),
  TRIM_LEADING("ltrim", 1, 2),
  TRIM_TRAILING("rtrim", 1, 2),
  LEFT("left", 2, 2),
  SUBSTR("substr", 2, 3),
  STRPOS("strpos", 2, 2),
  SPLIT_PART("split_part", 3, 3),
  CARDINALITY("cardinality", 1, 1),
  JSONB_ARRAY_LENGTH("jsonb_array_length", 1, 1),
  TO_TIMESTAMP("to_timestamp", 1, 1),
  INSTANT("streams_model.instant", 1, 1),
  ID_TIME("streams_model.id_time", 2, 2);

  private final String sql;
  private final int fewest;
  private final int most;

  Builtin(String sql, int fewest, int most) {
    this.sql = sql;
    this.fewest = fewest;
    this.most = most;
  }

  /** Its name in Postgres. */
  public String sql() {
    return sql;
  }

  public boolean takes(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  /** How many arguments it takes, for a message. */
  public String arity() {
    if (most == Integer.MAX_VALUE) {
      return "at least " + fewest;
    }
    return fewest == most ? String.valueOf(fewest) : fewest + " or " + most;
  }

  /**
   * The one that is called by this name; {@code trim} has syntax of its own and is none of them.
   */
  public static Optional<Builtin> named(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    for (Builtin builtin : values()) {
      boolean isTrim = builtin == TRIM || builtin == TRIM_LEADING || builtin == TRIM_TRAILING;
      if (!isTrim && builtin.sql.equals(folded)) {
        return Optional.of(builtin);
      }
    }
    return Optional.empty();
  }
}
