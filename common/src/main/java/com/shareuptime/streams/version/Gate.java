package com.shareuptime.streams.version;

/**
 * Hides a replay from readers. At every start of a subtask it is shut: inputs go into state only,
 * until the watermark has passed the moment of the start, so that all of what was once read has
 * been read again. Then each touched key is written once, at its own moment within a spread, so
 * that not all of them are written in one step.
 *
 * <p>A heartbeat says nothing of what was committed after it in its own millisecond, so it opens
 * the gate from the millisecond after the start on.
 *
 * <p>Plain logic: times are epoch milliseconds; the start by the machine's clock, watermarks by the
 * sources'.
 */
public final class Gate {
  private final long start;
  private final long spread;
  private long watermark = Long.MIN_VALUE;
  private boolean forced;

  private Gate(long start, long spread) {
    this.start = start;
    this.spread = spread;
  }

  /**
   * The gate of a run.
   *
   * @param start when the run started
   * @param spread over how long touched keys are then written
   */
  public static Gate of(long start, long spread) {
    return new Gate(start, spread);
  }

  /** Takes the operator's new watermark. */
  public void advance(long newWatermark) {
    watermark = Math.max(watermark, newWatermark);
  }

  /**
   * Opens the gate although the watermark is not past the start, and may not be for long. That all
   * of the replay has been read is the caller's to know.
   */
  public void force() {
    forced = true;
  }

  /** Whether keys may be written. */
  public boolean isOpen() {
    return forced || isOpenAt(watermark);
  }

  /** Whether a watermark is past the gate, for writers that do not {@link #advance} it. */
  public boolean isOpenAt(long someWatermark) {
    return someWatermark > start;
  }

  /** Whether every key that was touched while the gate was shut has had its moment. */
  public boolean isPassed() {
    return isOpenAt(watermark) && watermark >= start + spread;
  }

  /**
   * The event time at which a key that is touched while the gate is shut is to be written. By the
   * high bits of the product: the low ones are no better spread than those of the key.
   */
  public long momentOf(Object key) {
    long fraction = key.hashCode() * 0x9E3779B97F4A7C15L >>> Integer.SIZE;
    return start + 1 + (fraction * spread >>> Integer.SIZE);
  }

  /** The moment of the start. */
  public long start() {
    return start;
  }
}
