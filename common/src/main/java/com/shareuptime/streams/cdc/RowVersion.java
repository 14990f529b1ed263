package com.shareuptime.streams.cdc;

import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The place of a row change among all changes of the same primary key: the generation of the
 * snapshot that its table belongs to, then the LSN of its transaction's commit, then the LSN of the
 * row, which is its place within the transaction. A row that the snapshot itself has read has 0 for
 * both. The commit comes first because an INSERT is logged before it waits for the unique entry of
 * another transaction: of two changes of one key, the one with the lower LSN may commit last.
 *
 * <p>A change with an older version than the one known has no effect; an equal one is a repeat.
 *
 * <p>Earlier builds knew the generation and the row's LSN. That is read as a commit at the row's
 * LSN: every later commit has a higher one, so it is older than all that follows it.
 */
public record RowVersion(long generation, long commit, long lsn) implements Comparable<RowVersion> {

  /** Kafka header of every change and of its tombstone: {@code generation:commit:lsn} in ASCII. */
  public static final String HEADER = "version";

  public RowVersion {
    if (generation < 0 || commit < 0 || lsn < 0) {
      throw new IllegalArgumentException(
          "negative row version " + generation + ":" + commit + ":" + lsn);
    }
  }

  /** A version that has no place within its commit. */
  public RowVersion(long generation, long commit) {
    this(generation, commit, 0);
  }

  /**
   * Reads the value of {@link #HEADER}.
   *
   * @throws IllegalArgumentException if it is neither three numbers with colons between nor two
   */
  public static RowVersion parse(byte[] header) {
    long[] numbers = ColonNumbers.numbers(header, 2, 3);
    return new RowVersion(numbers[0], numbers[1], numbers[2]);
  }

  /** The value of {@link #HEADER}. */
  public byte[] toHeader() {
    return (generation + ":" + commit + ":" + lsn).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Writes the layout in state: the generation and the commit, and between them the row's LSN if it
   * is not 0. The generation is then written inverted, so that its sign says how many numbers
   * follow. The two numbers alone are what earlier builds have written.
   */
  public void write(DataOutputView out) throws IOException {
    if (lsn == 0) {
      out.writeLong(generation);
    } else {
      out.writeLong(~generation);
      out.writeLong(lsn);
    }
    out.writeLong(commit);
  }

  /** Reads what {@link #write} has written, in this build or an earlier one. */
  public static RowVersion read(DataInputView in) throws IOException {
    long generation = in.readLong();
    if (generation >= 0) {
      return new RowVersion(generation, in.readLong(), 0);
    }
    long lsn = in.readLong();
    return new RowVersion(~generation, in.readLong(), lsn);
  }

  /** The layout as a part of others. */
  public static final class Serializer extends ValueSerializer<RowVersion> {
    @Override
    protected void write(RowVersion version, DataOutputView out) throws IOException {
      version.write(out);
    }

    @Override
    protected RowVersion read(DataInputView in) throws IOException {
      return RowVersion.read(in);
    }
  }

  @Override
  public int compareTo(RowVersion other) {
    if (generation != other.generation) {
      return Long.compare(generation, other.generation);
    }
    return commit != other.commit
        ? Long.compare(commit, other.commit)
        : Long.compare(lsn, other.lsn);
  }
}
