package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of a sealed type: a tag, which is the place of the record's class in a list, then the
 * record, as its own {@link RecordSerializer} says if it has one.
 */
public abstract non-sealed class UnionSerializer<T> extends LayoutSerializer<T> {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final String what;
  private final Class<?>[] cases;

  /**
   * Of values that state does not keep.
   *
   * @param what a value is, for the message that says that there is none of a tag
   * @param cases all classes of values; a new one is the last
   */
  @SafeVarargs
  protected UnionSerializer(String what, Class<? extends T>... cases) {
    this(what, NO_VERSION, cases);
  }

  /** Of values in state, whose newest layout this is; the first is 1. */
  @SafeVarargs
  protected UnionSerializer(String what, int newest, Class<? extends T>... cases) {
    super(newest);
    this.what = what;
    this.cases = cases.clone();
  }

  @Override
  final Codec layout(int layout) {
    HandleCodec[] codecs =
        Arrays.stream(cases)
            .map(type -> HandleCodec.of(codecOfValue(type, RecordSerializer.class, layout)))
            .toArray(HandleCodec[]::new);
    try {
      return new HandleCodec(writer(codecs), reader(codecs));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot lay out a " + what, e);
    }
  }

  private MethodHandle writer(HandleCodec[] codecs) throws ReflectiveOperationException {
    MethodHandle isInstance =
        LOOKUP.findVirtual(
            Class.class, "isInstance", MethodType.methodType(boolean.class, Object.class));
    MethodHandle writeTag =
        MethodHandles.dropArguments(
            LOOKUP.findVirtual(
                DataOutputView.class, "writeByte", MethodType.methodType(void.class, int.class)),
            0,
            Object.class);
    MethodHandle writer =
        LOOKUP
            .findStatic(
                UnionSerializer.class,
                "unlisted",
                MethodType.methodType(void.class, String.class, Object.class, DataOutputView.class))
            .bindTo(what);
    for (int tag = codecs.length - 1; tag >= 0; tag--) {
      MethodHandle tagged =
          MethodHandles.foldArguments(
              codecs[tag].writer(), MethodHandles.insertArguments(writeTag, 2, tag));
      writer = MethodHandles.guardWithTest(isInstance.bindTo(cases[tag]), tagged, writer);
    }
    return writer;
  }

  private MethodHandle reader(HandleCodec[] codecs) throws ReflectiveOperationException {
    MethodHandle readTag =
        LOOKUP.findVirtual(DataInputView.class, "readByte", MethodType.methodType(byte.class));
    MethodHandle unknown =
        LOOKUP
            .findStatic(
                UnionSerializer.class,
                "unknown",
                MethodType.methodType(Object.class, String.class, int.class, DataInputView.class))
            .bindTo(what);
    MethodHandle[] readers =
        Arrays.stream(codecs)
            .map(codec -> MethodHandles.dropArguments(codec.reader(), 0, int.class))
            .toArray(MethodHandle[]::new);
    MethodHandle byTag = MethodHandles.tableSwitch(unknown, readers);
    return MethodHandles.foldArguments(
        byTag, readTag.asType(MethodType.methodType(int.class, DataInputView.class)));
  }

  private static void unlisted(String what, Object value, DataOutputView out) throws IOException {
    throw new IOException("no tag is listed for the " + what + " " + value);
  }

  private static Object unknown(String what, int tag, DataInputView in) throws IOException {
    throw new IOException("no " + what + " has the tag " + tag);
  }
}
