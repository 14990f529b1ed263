package com.shareuptime.streams.version;

/**
 * Hides a replay from readers. At every start of a subtask it is shut: inputs go into state only,
 * until the watermark has passed the moment of the start, so that all of what was once read has
 * been read again. Then each touched key is written once, at its own moment within a spread, so
 * that not all of them are written in one step.
 *
 * <p>Plain logic: times are milliseconds, {@code watermark} by the sources' clocks and {@code now}
 * by the machine's.
 */
public final class Gate {
  private final long start;
  private final long spread;
  private final long patience;
  private long watermark = Long.MIN_VALUE;
  private long lastAdvance;
  private boolean forced;

  private Gate(long start, long spread, long patience) {
    this.start = start;
    this.spread = spread;
    this.patience = patience;
    this.lastAdvance = start;
  }

  /** The gate of a run that starts without state: it opens when its inputs are complete only. */
  public static Gate ofBootstrap(long now, long spread) {
    return new Gate(now, spread, Long.MAX_VALUE);
  }

  /**
   * The gate of a run that continues from state. It opens anyway when the watermark has not moved
   * for {@code patience}: an outage of the source must not freeze what is served.
   */
  public static Gate ofRestore(long now, long spread, long patience) {
    return new Gate(now, spread, patience);
  }

  /** Takes the operator's new watermark. */
  public void advance(long newWatermark, long now) {
    if (newWatermark > watermark) {
      watermark = newWatermark;
      lastAdvance = now;
    }
  }

  /** Opens the gate if patience has run out; returns whether it has just done so. */
  public boolean openIfStalled(long now) {
    if (!forced && !isOpen() && now - lastAdvance >= patience) {
      forced = true;
      return true;
    }
    return false;
  }

  /** Whether keys may be written. */
  public boolean isOpen() {
    return forced || watermark >= start;
  }

  /** Whether a watermark is past the gate, for writers that do not {@link #advance} it. */
  public boolean isOpenAt(long someWatermark) {
    return someWatermark >= start;
  }

  /** Whether every key that was touched while the gate was shut has had its moment. */
  public boolean isPassed() {
    return watermark >= start + spread;
  }

  /** The event time at which a key that is touched while the gate is shut is to be written. */
  public long momentOf(Object key) {
    return spread == 0 ? start : start + Math.floorMod(key.hashCode() * 0x9E3779B9, spread);
  }

  /** The moment of the start. */
  public long start() {
    return start;
  }
}
