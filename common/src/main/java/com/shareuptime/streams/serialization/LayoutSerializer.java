package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer whose writing and reading follow from one list, so that they cannot differ. What it
 * comes to is compiled once for each class of serializers.
 */
abstract sealed class LayoutSerializer<T> extends ValueSerializer<T>
    permits RecordSerializer, UnionSerializer {

  static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static final ClassValue<CompiledCodec> COMPILED =
      new ClassValue<>() {
        @Override
        protected CompiledCodec computeValue(Class<?> serializer) {
          return CompiledCodec.of(handlesOf(serializer));
        }
      };

  private transient CompiledCodec codec;

  /** What follows the version byte in a layout. */
  abstract Handles layout(int layout) throws ReflectiveOperationException;

  /**
   * A value that was read from state, as this build means it.
   *
   * @param layout which it was read in
   */
  protected T restored(T value, int layout) {
    return value;
  }

  /** By a serializer of this class. */
  static Handles handlesOf(Class<?> serializer) {
    try {
      Constructor<?> constructor = serializer.getDeclaredConstructor();
      constructor.setAccessible(true);
      ValueSerializer<?> made = (ValueSerializer<?>) constructor.newInstance();
      return made instanceof LayoutSerializer<?> laid ? laid.handles() : Handles.by(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot lay out by " + serializer.getName(), e);
    }
  }

  /**
   * By the {@code Serializer} nested in a class of values if that is a {@code kind}, or else by the
   * components of the record.
   */
  @SuppressWarnings("rawtypes") // a class has no type arguments
  static Handles handlesOfValue(Class<?> type, Class<? extends ValueSerializer> kind, int layout)
      throws ReflectiveOperationException {
    for (Class<?> nested : type.getDeclaredClasses()) {
      if (nested.getSimpleName().equals("Serializer") && kind.isAssignableFrom(nested)) {
        return handlesOf(nested);
      }
    }
    return RecordSerializer.handles(type, layout);
  }

  private Handles handles() throws ReflectiveOperationException {
    InState inState = getClass().getAnnotation(InState.class);
    if (inState == null) {
      return layout(1);
    }
    int newest = inState.newest();
    MethodHandle restored =
        LOOKUP
            .findVirtual(
                LayoutSerializer.class,
                "restored",
                MethodType.methodType(Object.class, Object.class, int.class))
            .bindTo(this);
    MethodHandle[] readers = new MethodHandle[newest];
    for (int layout = 1; layout <= newest; layout++) {
      readers[layout - 1] =
          MethodHandles.filterReturnValue(
              layout(layout).as(Object.class).reader(),
              MethodHandles.insertArguments(restored, 1, layout));
    }
    MethodHandle index =
        MethodHandles.insertArguments(
            LOOKUP.findVirtual(
                LayoutSerializer.class,
                "readIndex",
                MethodType.methodType(int.class, int.class, DataInputView.class)),
            0,
            this,
            newest);
    return new Handles(
        MethodHandles.foldArguments(
            layout(newest).as(Object.class).writer(), Handles.tag().saying(newest, Object.class)),
        Handles.chosen(index, readers));
  }

  @SuppressWarnings("UnusedMethod") // by a handle
  private int readIndex(int newest, DataInputView in) throws IOException {
    return readLayout(in, newest) - 1;
  }

  private CompiledCodec codec() {
    CompiledCodec known = codec;
    if (known == null) {
      known = COMPILED.get(getClass());
      codec = known;
    }
    return known;
  }

  // what Flink calls leads to the codec by one virtual call, as it would to code by hand

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    codec().write(value, out);
  }

  @Override
  @SuppressWarnings("unchecked") // the codec is of this serializer's type
  public final T deserialize(DataInputView in) throws IOException {
    return (T) codec().read(in);
  }

  @Override
  protected final void write(T value, DataOutputView out) throws IOException {
    serialize(value, out);
  }

  @Override
  protected final T read(DataInputView in) throws IOException {
    return deserialize(in);
  }
}
