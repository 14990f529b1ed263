package com.shareuptime.streams.counters;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.count.TargetTypes;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is counted for, such as one post. A key of Flink state, so its hash depends on its content
 * alone.
 *
 * @param id above 0 if it is a number
 */
public record CounterTarget(Target.Type type, Id id) {

  /** Flink's type of a target. */
  public static final TypeInformation<CounterTarget> TYPE =
      ValueType.ofKey(CounterTarget.class, new Serializer());

  public CounterTarget {
    if (!id.isPositive()) {
      throw new IllegalArgumentException("id " + id + " is not above 0");
    }
  }

  /** {@code post:42}, as keys of Kafka have it. */
  public String text() {
    return type.label() + ":" + id;
  }

  @Override
  public int hashCode() {
    return id.hashCode() * 2 + type.hashCode();
  }

  /** Nine bytes of posts and reels whose ids are numbers. */
  public static final class Serializer extends ValueSerializer<CounterTarget> {
    private static final IdSerializer ID = new IdSerializer();

    @Override
    public void write(CounterTarget target, DataOutputView out) throws IOException {
      TargetTypes.write(target.type, out);
      ID.serialize(target.id, out);
    }

    @Override
    public CounterTarget read(DataInputView in) throws IOException {
      return new CounterTarget(TargetTypes.read(in), ID.deserialize(in));
    }
  }
}
