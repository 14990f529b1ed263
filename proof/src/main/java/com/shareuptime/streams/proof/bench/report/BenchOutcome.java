package com.shareuptime.streams.proof.bench.report;

/**
 * What came out of one measurement.
 *
 * @param isWithinBounds whether what has a bound, which a floor cannot say, keeps it
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

  /** Adds a value, and that it must not be below {@code least}. */
  public BenchOutcome withLeast(String detail, double value, double least) {
    String bounded = "%s, at least %s".formatted(detail, least);
    return new BenchOutcome(measured.with(bounded, value), isWithinBounds && value >= least);
  }

  public BenchOutcome with(String detail, Object value) {
    return new BenchOutcome(measured.with(detail, value), isWithinBounds);
  }
}
