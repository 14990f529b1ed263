package com.shareuptime.streams.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
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
  @Override
  final Handles layout(int layout) throws ReflectiveOperationException {
    ParameterizedType ofRecord = (ParameterizedType) getClass().getGenericSuperclass();
    return handles((Class<?>) ofRecord.getActualTypeArguments()[0], layout);
  }

  static Handles handles(Class<?> type, int layout) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    MethodHandle reader = LOOKUP.unreflectConstructor(constructor);
    MethodHandle writer =
        MethodHandles.empty(MethodType.methodType(void.class, type, DataOutputView.class));
    // from the last to the first: what is put in front runs first
    for (int i = components.length - 1; i >= 0; i--) {
      Handles component = Handles.of(components[i], layout);
      Method accessor = components[i].getAccessor();
      accessor.setAccessible(true);
      writer =
          MethodHandles.foldArguments(
              writer,
              MethodHandles.filterArguments(component.writer(), 0, LOOKUP.unreflect(accessor)));
      reader = MethodHandles.collectArguments(reader, i, component.reader());
    }
    return new Handles(
        writer,
        MethodHandles.permuteArguments(
            reader, MethodType.methodType(type, DataInputView.class), new int[types.length]));
  }
}
