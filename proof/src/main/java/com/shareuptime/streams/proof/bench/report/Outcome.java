package com.shareuptime.streams.proof.bench.report;

/**
 * What came out of one measurement.
 *
 * @param isWithinBounds whether what has an upper bound, which a floor cannot say, stays below it
 */
public record Outcome(Measurement measured, boolean isWithinBounds) {
  public static Outcome of(Measurement measured) {
    return new Outcome(measured, true);
  }

  /** Adds a value, and that it must not be above {@code most}. */
  public Outcome with(String detail, double value, double most) {
    String bounded = "%s, at most %s".formatted(detail, most);
    return new Outcome(measured.with(bounded, value), isWithinBounds && value <= most);
  }

  public Outcome with(String detail, Object value) {
    return new Outcome(measured.with(detail, value), isWithinBounds);
  }
}
