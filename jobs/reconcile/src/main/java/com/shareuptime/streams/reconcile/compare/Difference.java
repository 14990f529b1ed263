package com.shareuptime.streams.reconcile.compare;

/**
 * How a surface's copy of a row differs from the tables.
 *
 * @param expected what the tables say, for people
 * @param found what the surface shows, for people
 * @param settlesLater whether it may stand for a while although the surface has passed what the
 *     tables say: see {@link Copies#settlesWithin}
 */
public record Difference(Kind kind, String expected, String found, boolean settlesLater) {
  /** One that may stand for a while, as all do on a surface that has only such. */
  public Difference(Kind kind, String expected, String found) {
    this(kind, expected, found, true);
  }

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
