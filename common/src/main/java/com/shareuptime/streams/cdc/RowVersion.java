package com.shareuptime.streams.cdc;

import java.nio.charset.StandardCharsets;

/**
 * The place of a row change among all changes of the same primary key: the generation of the
 * snapshot that its table belongs to, then the LSN of the row in the WAL (0 for a row that the
 * snapshot itself has read). Row locks make the order of row LSNs the commit order for one key.
 *
 * <p>A change with an older version than the one known has no effect; an equal one is a repeat.
 */
public record RowVersion(long generation, long lsn) implements Comparable<RowVersion> {

  /** Kafka header of every change and of its tombstone: {@code generation:lsn} in ASCII. */
  public static final String HEADER = "version";

  public RowVersion {
    if (generation < 0 || lsn < 0) {
      throw new IllegalArgumentException("negative row version " + generation + ":" + lsn);
    }
  }

  /**
   * Reads the value of {@link #HEADER}.
   *
   * @throws IllegalArgumentException if it is not two numbers with a colon between
   */
  public static RowVersion parse(byte[] header) {
    long[] numbers = Ascii.numbers(header, 2);
    return new RowVersion(numbers[0], numbers[1]);
  }

  /** The value of {@link #HEADER}. */
  public byte[] toHeader() {
    return (generation + ":" + lsn).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int compareTo(RowVersion other) {
    int byGeneration = Long.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Long.compare(lsn, other.lsn);
  }
}
