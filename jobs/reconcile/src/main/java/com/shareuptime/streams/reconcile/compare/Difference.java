package com.shareuptime.streams.reconcile.compare;

/**
 * How a surface's copy of a row differs from the tables.
 *
 * @param expected what the tables say, for people
 * @param found what the surface shows, for people
 */
public record Difference(Kind kind, String expected, String found) {
  /** The manner of it. */
  public enum Kind {
    WRONG,
    MISSING,
    EXTRA;

    /** As in {@code streams.reconcile_findings}. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
