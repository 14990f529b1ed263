package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is counted for: one post or one reel. A key of Flink state, so its hash depends on its
 * content alone.
 *
 * @param id above 0
 */
public record CounterTarget(Type type, long id) {

  /** The kinds of target, in the order that serializers write. */
  public enum Type {
    POST,
    REEL;

    private static final Type[] ALL = values();

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As the product's tables and events name it: {@code post} or {@code reel}. */
    public String text() {
      return text;
    }

    /** The type with this ordinal. */
    public static Type of(int ordinal) {
      return ALL[ordinal];
    }
  }

  /** Flink's type of a target. */
  public static final TypeInformation<CounterTarget> TYPE =
      ValueType.ofKey(CounterTarget.class, new Serializer());

  public CounterTarget {
    if (id <= 0) {
      throw new IllegalArgumentException("id " + id + " is not above 0");
    }
  }

  /**
   * What a row of posts or reels is counted for.
   *
   * @throws IllegalArgumentException of another table
   */
  public static CounterTarget ofRow(CdcTable table, long id) {
    return switch (table) {
      case POSTS -> new CounterTarget(Type.POST, id);
      case REELS -> new CounterTarget(Type.REEL, id);
      default -> throw new IllegalArgumentException(table + " has no counters");
    };
  }

  /** {@code post:42}, as keys of Kafka and Redis have it. */
  public String text() {
    return type.text + ":" + id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id) * 2 + type.ordinal();
  }

  /** Nine bytes. */
  public static final class Serializer extends ValueSerializer<CounterTarget> {
    @Override
    public void write(CounterTarget target, DataOutputView out) throws IOException {
      out.writeByte(target.type.ordinal());
      out.writeLong(target.id);
    }

    @Override
    public CounterTarget read(DataInputView in) throws IOException {
      return new CounterTarget(Type.of(in.readByte()), in.readLong());
    }
  }
}
