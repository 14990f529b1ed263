package com.shareuptime.streams.cdc;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An entity of the model whose rows have a compacted topic. Seven are the same everywhere; each
 * further counter is one.
 *
 * @param tableName of the view, and of what is named after it
 * @param counter what its rows count for; null if for nothing
 * @param number from 0, by which arrays and state have it: it never changes
 */
public record CdcTable(String tableName, CounterKind counter, int number)
    implements Comparable<CdcTable>, Serializable {
  public static final CdcTable USERS = new CdcTable("users", null, 0);
  public static final CdcTable POSTS = new CdcTable("posts", null, 1);
  public static final CdcTable REELS = new CdcTable("reels", null, 2);
  public static final CdcTable LIKES = ofCounter("likes", CounterKind.LIKES);
  public static final CdcTable COMMENTS = ofCounter("comments", CounterKind.COMMENTS);
  public static final CdcTable SHARES = ofCounter("shares", CounterKind.SHARES);
  public static final CdcTable FOLLOWS = new CdcTable("follows", null, 6);

  /** Those that are the same everywhere, in the order of their numbers. */
  public static final List<CdcTable> FIXED =
      List.of(USERS, POSTS, REELS, LIKES, COMMENTS, SHARES, FOLLOWS);

  private static final String PREFIX = "cdc.";

  /** All that there are with these counters. */
  public static List<CdcTable> all(List<CountedView> counters) {
    List<CdcTable> all = new ArrayList<>(FIXED);
    counters.stream()
        .filter(counter -> !counter.kind().isFixed())
        .map(CdcTable::of)
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** The one with the rows that are counted. */
  public static CdcTable of(CountedView counter) {
    return ofCounter(counter.name(), counter.kind());
  }

  private static CdcTable ofCounter(String name, CounterKind kind) {
    return new CdcTable(name, kind, numberOf(kind));
  }

  /** The number of the one with the rows of a counter. */
  public static int numberOf(CounterKind counter) {
    return counter.ordinal() + (counter.isFixed() ? 3 : 4);
  }

  /** The counter whose rows are in the one with this number, which is of a counter. */
  public static CounterKind counterOf(int number) {
    return CounterKind.of(number < 6 ? number - 3 : number - 4);
  }

  /** Name of the Kafka topic. */
  public String topic() {
    return PREFIX + tableName;
  }

  /** Whether it is the same everywhere. */
  public boolean isFixed() {
    return number < FIXED.size();
  }

  @Override
  public int compareTo(CdcTable other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof CdcTable that && that.number == number);
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return tableName;
  }

  /** Its number in a byte; behind that of a further counter the name. */
  public static final class Serializer extends ValueSerializer<CdcTable> {
    @Override
    public void write(CdcTable table, DataOutputView out) throws IOException {
      out.writeByte(table.number);
      if (!table.isFixed()) {
        out.writeUTF(table.tableName);
      }
    }

    @Override
    public CdcTable read(DataInputView in) throws IOException {
      int number = in.readByte();
      return number < FIXED.size()
          ? FIXED.get(number)
          : new CdcTable(in.readUTF(), counterOf(number), number);
    }
  }
}
