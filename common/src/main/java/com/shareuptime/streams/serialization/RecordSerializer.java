package com.shareuptime.streams.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of a record: its components in their order, each as its type or its {@link Layout}
 * says. What state has is written in that order, so components are never reordered, and a new one
 * says since which layout it is there.
 */
public abstract non-sealed class RecordSerializer<T extends Record> extends LayoutSerializer<T> {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Class<T> type;

  /** Of values that state does not keep. */
  protected RecordSerializer(Class<T> type) {
    this(type, NO_VERSION);
  }

  /** Of values in state, whose newest layout this is; the first is 1. */
  protected RecordSerializer(Class<T> type, int newest) {
    super(newest);
    this.type = type;
  }

  @Override
  final Codec layout(int layout) {
    return codec(type, layout);
  }

  static Codec codec(Class<?> type, int layout) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    MethodHandle writer =
        MethodHandles.empty(MethodType.methodType(void.class, type, DataOutputView.class));
    MethodHandle reader;
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      reader = LOOKUP.unreflectConstructor(constructor);
      // from the last to the first: what is put in front runs first
      for (int i = components.length - 1; i >= 0; i--) {
        FieldHandles field = FieldHandles.of(components[i], layout);
        Method accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        MethodHandle one =
            MethodHandles.filterArguments(field.writer(), 0, LOOKUP.unreflect(accessor));
        writer = MethodHandles.foldArguments(writer, one);
        reader = MethodHandles.collectArguments(reader, i, field.reader());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot lay out " + type.getName(), e);
    }
    return new HandleCodec(
        writer,
        MethodHandles.permuteArguments(
            reader, MethodType.methodType(type, DataInputView.class), new int[components.length]));
  }
}
