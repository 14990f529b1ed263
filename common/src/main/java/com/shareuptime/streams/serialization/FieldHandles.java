package com.shareuptime.streams.serialization;

import com.shareuptime.streams.serialization.Layout.Form;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How one component of a record is laid out.
 *
 * @param writer takes what the component holds, and the output
 * @param reader takes the input, and returns what the component holds
 */
record FieldHandles(MethodHandle writer, MethodHandle reader) {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** Of a component in one of the layouts of its record. */
  static FieldHandles of(RecordComponent component, int layout)
      throws ReflectiveOperationException {
    Class<?> type = component.getType();
    Layout said = component.getAnnotation(Layout.class);
    if (said == null) {
      return of(type, component.getGenericType(), Form.OF_TYPE, layout);
    }
    if (said.since() > layout) {
      return new FieldHandles(
          MethodHandles.empty(MethodType.methodType(void.class, type, DataOutputView.class)),
          nothing(type));
    }
    return said.by() == ValueSerializer.class
        ? of(type, component.getGenericType(), said.as(), layout)
        : of(type, LayoutSerializer.codecOf(said.by()));
  }

  private static FieldHandles of(Class<?> type, Type generic, Form form, int layout)
      throws ReflectiveOperationException {
    return switch (form) {
      case BYTE -> of("Byte", int.class, byte.class);
      case SHORT -> of("Short", int.class, short.class);
      case NAME -> of(type, new FieldCodecs.Name(type));
      case TEXT -> of(type, new FieldCodecs.Text());
      case OPTIONAL -> optional(type, codec(generic, layout));
      case OF_TYPE ->
          type == long.class
              ? of("Long", type, type)
              : type == int.class
                  ? of("Int", type, type)
                  : type == boolean.class
                      ? of("Boolean", type, type)
                      : of(type, codec(generic, layout));
    };
  }

  /** By the methods of the output and the input that end in {@code name}. */
  private static FieldHandles of(String name, Class<?> type, Class<?> read)
      throws ReflectiveOperationException {
    MethodHandle writer =
        LOOKUP.findVirtual(
            DataOutputView.class, "write" + name, MethodType.methodType(void.class, type));
    MethodHandle reader =
        LOOKUP.findVirtual(DataInputView.class, "read" + name, MethodType.methodType(read));
    return new FieldHandles(
        MethodHandles.permuteArguments(
            writer, MethodType.methodType(void.class, type, DataOutputView.class), 1, 0),
        reader.asType(MethodType.methodType(type, DataInputView.class)));
  }

  private static FieldHandles of(Class<?> type, Codec codec) {
    HandleCodec handles = HandleCodec.of(codec);
    return new FieldHandles(
        handles.writer().asType(MethodType.methodType(void.class, type, DataOutputView.class)),
        handles.reader().asType(MethodType.methodType(type, DataInputView.class)));
  }

  /** By handles, of which each has its own profile: one that is never there costs no code. */
  private static FieldHandles optional(Class<?> type, Codec codec)
      throws ReflectiveOperationException {
    FieldHandles flag = of("Boolean", boolean.class, boolean.class);
    FieldHandles one = of(type, codec);
    MethodHandle isThere =
        LOOKUP
            .findStatic(
                Objects.class, "nonNull", MethodType.methodType(boolean.class, Object.class))
            .asType(MethodType.methodType(boolean.class, type));
    return new FieldHandles(
        MethodHandles.guardWithTest(
            isThere,
            MethodHandles.foldArguments(one.writer(), said(flag, true, type)),
            said(flag, false, type)),
        MethodHandles.guardWithTest(flag.reader(), one.reader(), nothing(type)));
  }

  private static MethodHandle said(FieldHandles flag, boolean isThere, Class<?> type) {
    return MethodHandles.dropArguments(
        MethodHandles.insertArguments(flag.writer(), 0, isThere), 0, type);
  }

  private static MethodHandle nothing(Class<?> type) {
    MethodHandle nothing =
        type == List.class ? MethodHandles.constant(type, List.of()) : MethodHandles.zero(type);
    return MethodHandles.dropArguments(nothing, 0, DataInputView.class);
  }

  private static Codec codec(Type generic, int layout) {
    if (generic instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new FieldCodecs.ListOf(codec(list.getActualTypeArguments()[0], layout));
    }
    Class<?> type = (Class<?>) generic;
    return type == String.class
        ? new FieldCodecs.Utf()
        : type == byte[].class
            ? new FieldCodecs.Bytes()
            : type == long[].class
                ? new FieldCodecs.Longs()
                : type.isEnum()
                    ? new FieldCodecs.Ordinal(List.of(type.getEnumConstants()))
                    : LayoutSerializer.codecOfValue(type, ValueSerializer.class, layout);
  }
}
