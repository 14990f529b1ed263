package com.shareuptime.streams.model.evaluation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Times, in microseconds since 1970. */
public final class Times {
  private static final long MICROS = 1_000_000;
  private static final long EPOCH_2000 = 946_684_800;

  /** Postgres' first moment is 4714-11-24 BC, its first beyond the end that of the year 294277. */
  private static final double FIRST_SECOND = -210_866_803_200.0;

  private static final double END_SECOND = 9_224_318_016_000.0;

  private Times() {}

  /** {@code at time zone} of a timestamp. */
  public static Computation inZone(Computation operand, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      long micros = rules.getOffset(Instant.EPOCH).getTotalSeconds() * MICROS;
      return Strict.one(
          operand, value -> isInfinite((Long) value) ? value : (Object) ((Long) value - micros));
    }
    return Strict.one(operand, value -> inZone((Long) value, rules));
  }

  private static boolean isInfinite(long micros) {
    return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
  }

  /**
   * Where clocks go forward, what they leave out is read by the offset of before; where they go
   * back, what they show twice is read by the offset of after. Java's default is the other one.
   */
  private static Long inZone(long micros, ZoneRules rules) {
    if (isInfinite(micros)) {
      return micros;
    }
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, MICROS),
            (int) Math.floorMod(micros, MICROS) * 1000,
            ZoneOffset.UTC);
    ZoneOffsetTransition change = rules.getTransition(local);
    ZoneOffset offset;
    if (change == null) {
      offset = rules.getOffset(local);
    } else {
      offset = change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter();
    }
    return micros - offset.getTotalSeconds() * MICROS;
  }

  /** {@code to_timestamp} of seconds, which Postgres takes as a double. */
  public static Computation ofSeconds(Computation operand) {
    return Strict.one(
        operand,
        value ->
            ofSeconds(
                value instanceof BigDecimal decimal
                    ? decimal.doubleValue()
                    : ((Long) value).doubleValue()));
  }

  private static Long ofSeconds(double seconds) {
    if (seconds < FIRST_SECOND || seconds >= END_SECOND) {
      throw new EvaluationException("timestamp out of range: " + seconds);
    }
    double since2000 = Math.rint((seconds - EPOCH_2000) * MICROS);
    try {
      return Math.addExact((long) since2000, EPOCH_2000 * MICROS);
    } catch (ArithmeticException e) {
      throw new EvaluationException("a time after the year 294246");
    }
  }

  /** {@code streams_model.instant}: the time of an ISO text, null for anything else. */
  public static Computation ofText(Computation operand) {
    return Strict.one(operand, value -> InstantText.micros((String) value));
  }

  /** A literal of a timestamp in the one form that every session reads alike; null for others. */
  public static Long ofLiteral(String text, boolean hasZone) {
    if (text.matches(".*\\.[0-9]{7,}.*")) {
      return null; // Postgres rounds it
    }
    String iso = text.length() == "2020-01-01".length() ? text + " 00:00:00" : text;
    return hasZone
        ? InstantText.micros(iso.replaceFirst("([+-][0-9]{2})$", "$1:00"))
        : InstantText.micros(iso + "Z");
  }
}
