package com.shareuptime.streams.proof.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured rate.
 *
 * @param name what was measured
 * @param amount of what {@code unit} names
 * @param floor the least that it must be, 0 if there is none
 * @param details where the time went, and the limits of the machine beside it
 */
@JsonPropertyOrder({"name", "amount", "unit", "seconds", "rate", "floor", "details"})
public record Measurement(
    String name,
    long amount,
    String unit,
    double seconds,
    double floor,
    Map<String, Object> details) {

  public static Measurement of(String name, long amount, String unit, double seconds) {
    return new Measurement(name, amount, unit, seconds, 0, Map.of());
  }

  /** With another time. */
  public Measurement in(double time) {
    return new Measurement(name, amount, unit, time, floor, details);
  }

  public Measurement withFloor(double least) {
    return new Measurement(name, amount, unit, seconds, least, details);
  }

  public Measurement with(String detail, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(detail, value);
    return new Measurement(name, amount, unit, seconds, floor, more);
  }

  @JsonProperty
  public double rate() {
    return amount / seconds;
  }

  public boolean reachesFloor() {
    return rate() >= floor;
  }
}
