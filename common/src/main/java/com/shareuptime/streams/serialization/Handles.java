package com.shareuptime.streams.serialization;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.serialization.Layout.Form;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How values of one type are laid out: by method handles, which box no number on their way.
 *
 * @param writer takes the value and the output
 * @param reader takes the input and returns the value
 */
record Handles(MethodHandle writer, MethodHandle reader) {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** What the methods of Flink's views that have a fixed size or its UTF end in. */
  private static final Map<Class<?>, String> BY_FLINK =
      Map.of(long.class, "Long", int.class, "Int", boolean.class, "Boolean", String.class, "UTF");

  /** The same for values that are known as {@code type}. */
  Handles as(Class<?> type) {
    return new Handles(
        writer.asType(MethodType.methodType(void.class, type, DataOutputView.class)),
        reader.asType(MethodType.methodType(type, DataInputView.class)));
  }

  /** Of a component, in one of the layouts of its record. */
  static Handles of(RecordComponent component, int layout) throws ReflectiveOperationException {
    Class<?> type = component.getType();
    Type generic = component.getGenericType();
    Layout said = component.getAnnotation(Layout.class);
    Handles handles;
    if (said == null) {
      handles = of(generic, layout);
    } else if (said.since() > layout) {
      handles =
          new Handles(
              MethodHandles.empty(MethodType.methodType(void.class, type, DataOutputView.class)),
              nothing(type));
    } else if (said.by() != ValueSerializer.class) {
      handles = LayoutSerializer.handlesOf(said.by());
    } else {
      handles = of(generic, said.as(), layout);
    }
    return handles.as(type);
  }

  private static Handles of(Type generic, Form form, int layout)
      throws ReflectiveOperationException {
    return switch (form) {
      case OF_TYPE -> of(generic, layout);
      case BYTE -> byFlink("Byte", int.class, byte.class);
      case SHORT -> byFlink("Short", int.class, short.class);
      case NAME -> by(new Forms.Name((Class<?>) generic), Enum.class);
      case TEXT -> by(new Forms.Text(), String.class);
      case OPTIONAL -> optional((Class<?>) generic, of(generic, layout));
    };
  }

  private static Handles of(Type generic, int layout) throws ReflectiveOperationException {
    if (generic instanceof ParameterizedType list && list.getRawType() == List.class) {
      Handles one = of(list.getActualTypeArguments()[0], layout);
      return by(new Forms.ListOf(CompiledCodec.of(one)), List.class);
    }
    Class<?> type = (Class<?>) generic;
    if (BY_FLINK.containsKey(type)) {
      return byFlink(BY_FLINK.get(type), type, type);
    }
    if (type == byte[].class) {
      return by(new Forms.Bytes(), type);
    }
    if (type == Id.class) {
      return by(new IdSerializer());
    }
    if (type == Ids.class) {
      return by(new Forms.ManyIds(), type);
    }
    if (type == long[].class) {
      return by(new Forms.Longs(), type);
    }
    return type.isEnum()
        ? by(new Forms.Ordinal(List.of(type.getEnumConstants())), Enum.class)
        : LayoutSerializer.handlesOfValue(type, ValueSerializer.class, layout);
  }

  /** By the two methods of Flink's views that end in {@code name}. */
  private static Handles byFlink(String name, Class<?> type, Class<?> read)
      throws ReflectiveOperationException {
    MethodHandle write =
        LOOKUP.findVirtual(
            DataOutputView.class, "write" + name, MethodType.methodType(void.class, type));
    return new Handles(
        MethodHandles.permuteArguments(
            write, MethodType.methodType(void.class, type, DataOutputView.class), 1, 0),
        LOOKUP.findVirtual(DataInputView.class, "read" + name, MethodType.methodType(read)));
  }

  private static Handles by(Record form, Class<?> type) throws ReflectiveOperationException {
    return by(form.getClass(), form, type);
  }

  /** By a serializer that is written by hand. */
  static Handles by(ValueSerializer<?> serializer) throws ReflectiveOperationException {
    return by(ValueSerializer.class, serializer, Object.class);
  }

  private static Handles by(Class<?> owner, Object instance, Class<?> type)
      throws ReflectiveOperationException {
    MethodType write = MethodType.methodType(void.class, type, DataOutputView.class);
    MethodType read = MethodType.methodType(type, DataInputView.class);
    return new Handles(
        LOOKUP.findVirtual(owner, "write", write).bindTo(instance),
        LOOKUP.findVirtual(owner, "read", read).bindTo(instance));
  }

  /** A flag first. Each has a profile of its own: what is never there costs no code. */
  private static Handles optional(Class<?> type, Handles one) throws ReflectiveOperationException {
    Handles flag = byFlink("Boolean", boolean.class, boolean.class);
    MethodHandle isThere =
        LOOKUP
            .findStatic(
                Objects.class, "nonNull", MethodType.methodType(boolean.class, Object.class))
            .asType(MethodType.methodType(boolean.class, type));
    return new Handles(
        MethodHandles.guardWithTest(
            isThere,
            MethodHandles.foldArguments(one.as(type).writer, flag.saying(true, type)),
            flag.saying(false, type)),
        MethodHandles.guardWithTest(flag.reader, one.as(type).reader, nothing(type)));
  }

  /** Writes this, whatever of {@code type} is to be written. */
  MethodHandle saying(Object value, Class<?> type) {
    return MethodHandles.dropArguments(MethodHandles.insertArguments(writer, 0, value), 0, type);
  }

  private static MethodHandle nothing(Class<?> type) {
    MethodHandle nothing =
        type == List.class ? MethodHandles.constant(type, List.of()) : MethodHandles.zero(type);
    return MethodHandles.dropArguments(nothing, 0, DataInputView.class);
  }

  /** A byte that says what follows. */
  static Handles tag() throws ReflectiveOperationException {
    return byFlink("Byte", int.class, byte.class).as(int.class);
  }

  /** Reads with the handle of the number that is read first; there is one for each number. */
  static MethodHandle chosen(MethodHandle number, MethodHandle... readers) {
    MethodHandle none =
        MethodHandles.dropArguments(
            MethodHandles.throwException(Object.class, IllegalStateException.class)
                .bindTo(new IllegalStateException("read a number out of range")),
            0,
            int.class,
            DataInputView.class);
    MethodHandle[] numbered = new MethodHandle[readers.length];
    Arrays.setAll(
        numbered,
        i ->
            MethodHandles.dropArguments(
                readers[i].asType(MethodType.methodType(Object.class, DataInputView.class)),
                0,
                int.class));
    return MethodHandles.foldArguments(MethodHandles.tableSwitch(none, numbered), number);
  }
}
