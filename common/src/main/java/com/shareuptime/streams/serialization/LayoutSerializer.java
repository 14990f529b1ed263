package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer whose writing and reading follow from one list, so that they cannot differ. What it
 * has come to is compiled once for each class of serializers.
 */
abstract sealed class LayoutSerializer<T> extends ValueSerializer<T>
    permits RecordSerializer, UnionSerializer {

  /** A layout that state does not keep has no version byte. */
  static final int NO_VERSION = 0;

  private static final ClassValue<CompiledCodec> COMPILED =
      new ClassValue<>() {
        @Override
        protected CompiledCodec computeValue(Class<?> serializer) {
          return CompiledCodec.of(codecOf(serializer));
        }
      };

  private final int newest;
  private transient CompiledCodec codec;

  LayoutSerializer(int newest) {
    this.newest = newest;
  }

  /** What follows the version byte in a layout. */
  abstract Codec layout(int layout);

  /**
   * A value that was read from state, as this build means it.
   *
   * @param layout which it was read in
   */
  protected T restored(T value, int layout) {
    return value;
  }

  /** The codec of a class of serializers. */
  static Codec codecOf(Class<?> serializer) {
    try {
      Constructor<?> constructor = serializer.getDeclaredConstructor();
      constructor.setAccessible(true);
      ValueSerializer<?> made = (ValueSerializer<?>) constructor.newInstance();
      return made instanceof LayoutSerializer<?> laid
          ? laid.versioned()
          : new FieldCodecs.By<>(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + serializer.getName(), e);
    }
  }

  /**
   * The codec of a class of values: of the {@code Serializer} nested in it if that is a {@code
   * kind}, or else of a record's components.
   */
  @SuppressWarnings("rawtypes") // a class has no type arguments
  static Codec codecOfValue(Class<?> type, Class<? extends ValueSerializer> kind, int layout) {
    for (Class<?> nested : type.getDeclaredClasses()) {
      if (nested.getSimpleName().equals("Serializer") && kind.isAssignableFrom(nested)) {
        return codecOf(nested);
      }
    }
    return RecordSerializer.codec(type, layout);
  }

  private Codec versioned() {
    return newest == NO_VERSION
        ? layout(1)
        : new Versioned<>(
            this,
            newest,
            layout(newest),
            IntStream.range(1, newest).mapToObj(this::layout).toList());
  }

  /** With the version byte. */
  private record Versioned<T>(
      LayoutSerializer<T> serializer, int newest, Codec latest, List<Codec> earlier)
      implements Codec {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeByte(newest);
      latest.write(value, out);
    }

    @Override
    @SuppressWarnings("unchecked") // the layouts are of the serializer's type
    public Object read(DataInputView in) throws IOException {
      int layout = serializer.readLayout(in, newest);
      Object value = layout == newest ? latest.read(in) : earlier.get(layout - 1).read(in);
      return serializer.restored((T) value, layout);
    }
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
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
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
