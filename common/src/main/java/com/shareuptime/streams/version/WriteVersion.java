package com.shareuptime.streams.version;

import java.util.Locale;

/**
 * The version of a write to a sink, in one long: {@code run} (22 bits, drawn anew at every start of
 * a writing job) above {@code seq} (41 bits, the subtask's writes since). A write of a later run is
 * always newer, whatever the run that failed had written.
 */
public final class WriteVersion {
  /** Bits of the sequence number: 2.2e12 writes a run. */
  public static final int SEQ_BITS = 41;

  /**
   * The largest run number; at a hundred restarts a day it lasts for a century, at one every ten
   * seconds for a year.
   */
  public static final long MAX_RUN = (1L << 22) - 1;

  private static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

  /** Of a write that is to replace nothing: every other is newer. */
  public static final long OLDEST = of(1, 0);

  private WriteVersion() {}

  /** The version of write {@code seq} of {@code run}. */
  public static long of(long run, long seq) {
    if (run < 1 || run > MAX_RUN) {
      throw new IllegalArgumentException("run " + run + " is not within 1 and " + MAX_RUN);
    }
    if (seq < 0 || seq > MAX_SEQ) {
      throw new IllegalArgumentException("seq " + seq + " is not within 0 and " + MAX_SEQ);
    }
    return run << SEQ_BITS | seq;
  }

  /** The run that made this version. */
  public static long run(long version) {
    return version >>> SEQ_BITS;
  }

  /**
   * As text of 19 digits, whose order as text is the order of the numbers: what Redis compares,
   * whose own numbers are exact only up to 2^53.
   */
  public static String text(long version) {
    return String.format(Locale.ROOT, "%019d", version);
  }
}
