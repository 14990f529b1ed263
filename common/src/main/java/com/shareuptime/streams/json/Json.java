package com.shareuptime.streams.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Reads what topics hold. */
public final class Json {
  /**
   * Deeper than any that a person or a library writes; each level costs memory while it is read.
   */
  private static final int MAX_DEPTH = 10_000;

  /** Up to here a double is exact. */
  private static final double MAX_EXACT = 1L << 53;

  /**
   * Makes parsers. The size of a record is bounded by its topic, so no bound is set on a number, a
   * name or a text within it: most are in fields that nobody reads. Thread-safe.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /**
   * Whether the parser stands at an integer: also at 42.0 or 4.2e1, as languages write it that know
   * but one kind of number, as long as it is exact.
   */
  public static boolean isInteger(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT -> true;
      case VALUE_NUMBER_FLOAT -> {
        double number = json.getDoubleValue();
        yield number == Math.rint(number) && Math.abs(number) <= MAX_EXACT;
      }
      default -> false;
    };
  }

  /**
   * The integer that the parser stands at.
   *
   * @throws com.fasterxml.jackson.core.exc.InputCoercionException if it does not fit 64 bits
   */
  public static long integer(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_FLOAT -> (long) json.getDoubleValue();
      default -> json.getLongValue();
    };
  }
}
