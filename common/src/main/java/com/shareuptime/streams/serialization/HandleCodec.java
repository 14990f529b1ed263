package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A codec of method handles, which box no number on their way.
 *
 * @param writer takes the value as an Object, and the output
 * @param reader takes the input, and returns the value as an Object
 */
record HandleCodec(MethodHandle writer, MethodHandle reader) implements Codec {
  private static final MethodType WRITER =
      MethodType.methodType(void.class, Object.class, DataOutputView.class);
  private static final MethodType READER = MethodType.methodType(Object.class, DataInputView.class);
  private static final MethodHandle WRITE = ofCodec("write", WRITER);
  private static final MethodHandle READ = ofCodec("read", READER);

  HandleCodec {
    writer = writer.asType(WRITER);
    reader = reader.asType(READER);
  }

  /** The same codec by handles. */
  static HandleCodec of(Codec codec) {
    return codec instanceof HandleCodec handles
        ? handles
        : new HandleCodec(WRITE.bindTo(codec), READ.bindTo(codec));
  }

  private static MethodHandle ofCodec(String method, MethodType type) {
    try {
      return MethodHandles.lookup().findVirtual(Codec.class, method, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(Object value, DataOutputView out) throws IOException {
    try {
      writer.invokeExact(value, out);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  @Override
  public Object read(DataInputView in) throws IOException {
    try {
      return reader.invokeExact(in);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** As the handles are of methods that throw no other checked exception. */
  private static IllegalStateException rethrown(Throwable e) throws IOException {
    if (e instanceof IOException io) {
      throw io;
    }
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
