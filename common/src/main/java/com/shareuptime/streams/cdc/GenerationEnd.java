package com.shareuptime.streams.cdc;

import java.nio.charset.StandardCharsets;

/**
 * The end of a snapshot in one partition: every row that the table had then, and that belongs to
 * this partition, stands before it with this generation. When all partitions have shown it, rows
 * that only older generations knew are gone.
 */
public record GenerationEnd(int partition, int partitions, long generation) {

  /** Kafka header that holds the three numbers, in the order of the components. */
  public static final String HEADER = "generation";

  /**
   * Reads the value of {@link #HEADER}.
   *
   * @throws IllegalArgumentException if it is not three numbers with colons between
   */
  public static GenerationEnd parse(byte[] header) {
    long[] n = ColonNumbers.numbers(header, 3);
    return new GenerationEnd(Math.toIntExact(n[0]), Math.toIntExact(n[1]), n[2]);
  }

  /** The value of {@link #HEADER}. */
  public byte[] toHeader() {
    return (partition + ":" + partitions + ":" + generation).getBytes(StandardCharsets.US_ASCII);
  }

  /** The fixed key of the end markers of a partition. */
  public static byte[] key(int partition) {
    return ("{\"generation\":" + partition + "}").getBytes(StandardCharsets.US_ASCII);
  }
}
