package com.shareuptime.streams.proof.bench.report;

/**
 * What came out of one measurement.
 *
 * @param isWithinBounds whether what has an upper bound, which a floor cannot say, stays below it
 */
public record BenchOutcome(Measurement measured, boolean isWithinBounds) {
  public static BenchOutcome of(Measurement measured) {
    return new BenchOutcome(measured, true);
  }

  /** Adds a value, and that it must not be above {@code most}. */
  public BenchOutcome with(String detail, double value, double most) {
    String bounded = "%s, at most %s".formatted(detail, most);
    return new BenchOutcome(measured.with(bounded, value), isWithinBounds && value <= most);
  }

  public BenchOutcome with(String detail, Object value) {
    return new BenchOutcome(measured.with(detail, value), isWithinBounds);
  }
}
