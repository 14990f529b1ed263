package com.shareuptime.streams.proof.traffic;

import java.util.List;

/**
 * What Postgres can store and nobody expects. Which one it is follows from a number, so that a plan
 * need not carry it.
 */
final class OddValues {
  private static final List<String> TIMES =
      List.of(
          "infinity",
          "-infinity",
          "4713-01-01 00:00:00+00 BC",
          "0044-03-15 12:00:00+00 BC",
          "0001-01-01 00:00:00+00",
          "1815-12-10 12:00:00+00",
          "1969-12-31 23:59:59.999999+00",
          "1970-01-01 00:00:00+00",
          "2255-06-05 23:47:34.740993+00", // one microsecond more than a double counts exactly
          "2262-04-12 00:00:00+00",
          "9999-12-31 23:59:59.999999+00",
          "294276-12-31 23:59:59.999999+00");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "__debezium_unavailable_value",
          "a \u27e6forged\u27e7 mark, <em>another</em>, and \\u0000 spelled out",
          "{\"op\":\"d\",\"before\":null}",
          "'; drop table posts; --",
          "\ufeffmark first, \u202eturned round\u202c, \ufffe and \uffff",
          "Cafe\u0301 \uff23\uff2f\uff26\uff26\uff25\uff25 caf\u00e9",
          "z" + "\u0335\u0321\u0353".repeat(300),
          "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66".repeat(200),
          "x".repeat(40_000), // more than an index takes as one word
          "#tag ".repeat(3_000),
          "\u4eca\u65e5\u306f\u5929\u6c17\u304c\u3044\u3044 "
              .repeat(2_000)); // stored out of line, and all of it words

  private OddValues() {}

  /** As Postgres reads it. */
  static String time(long number) {
    return any(TIMES, number);
  }

  static String text(long number) {
    return any(TEXTS, number);
  }

  private static String any(List<String> values, long number) {
    return values.get(Math.floorMod(number, values.size()));
  }
}
