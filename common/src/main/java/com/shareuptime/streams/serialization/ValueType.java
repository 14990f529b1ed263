package com.shareuptime.streams.serialization;

import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The Flink type of an immutable value with a {@link ValueSerializer} of its own. */
public final class ValueType<T> extends TypeInformation<T> {
  private final Class<T> type;
  private final ValueSerializer<T> serializer;
  private final boolean key;

  private ValueType(Class<T> type, ValueSerializer<T> serializer, boolean key) {
    this.type = type;
    this.serializer = serializer;
    this.key = key;
  }

  /** A value that is only carried. */
  public static <T> ValueType<T> of(Class<T> type, ValueSerializer<T> serializer) {
    return new ValueType<>(type, serializer, false);
  }

  /** A value whose {@code equals} and {@code hashCode} are stable across processes: a key. */
  public static <T> ValueType<T> ofKey(Class<T> type, ValueSerializer<T> serializer) {
    return new ValueType<>(type, serializer, true);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return key;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  @SuppressWarnings("deprecation") // still abstract in this Flink
  public TypeSerializer<T> createSerializer(ExecutionConfig config) {
    return serializer;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueType<?> that
        && that.type == type
        && that.serializer.equals(serializer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, serializer);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ValueType;
  }
}
