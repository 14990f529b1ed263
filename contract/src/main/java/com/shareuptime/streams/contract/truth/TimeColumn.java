package com.shareuptime.streams.contract.truth;

/** SQL that gives a column of type {@code timestamptz} as epoch microseconds. */
final class TimeColumn {
  private static final String MICROS =
      """
      (case %1$s when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
            else least(extract(epoch from %1$s) * 1000000, 9223372036854775806) end)::bigint""";

  private static final String SCORE =
      """
      (case %1$s when '-infinity' then -9223372036854775808
            else least(extract(epoch from %1$s) * 1000000, 9007199254740991) end)::bigint""";

  private TimeColumn() {}

  /** As documents have it; infinity lies beyond all times. */
  static String micros(String column) {
    return MICROS.formatted(column);
  }

  /** As zsets have it: the farthest is 2^53 - 1, the last number that a double tells apart. */
  static String score(String column) {
    return SCORE.formatted(column);
  }
}
