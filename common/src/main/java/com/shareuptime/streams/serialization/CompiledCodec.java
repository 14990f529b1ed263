package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Handles that the JIT compiles as if they were code by hand: each codec is of a class of its own,
 * in which its handles are constants and are inlined with all that they lead to. Measured against
 * code by hand, both take the same time, within 8 percent; handles in a field take up to 1.3 times
 * as long, and one method that writes or reads field by field, as it is told, up to 2.4 times.
 */
abstract class CompiledCodec {
  abstract void write(Object value, DataOutputView out) throws IOException;

  abstract Object read(DataInputView in) throws IOException;

  static CompiledCodec of(Handles handles) {
    String template = "CompiledCodec$Template.class";
    try (InputStream bytes = CompiledCodec.class.getResourceAsStream(template)) {
      MethodHandles.Lookup copy =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(bytes.readAllBytes(), handles.as(Object.class), true);
      return (CompiledCodec)
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) { // what a method handle throws
      throw new IllegalStateException("cannot compile " + handles, e);
    }
  }

  /** What the classes are copies of. */
  static final class Template extends CompiledCodec {
    private static final Handles HANDLES = handles();
    private static final MethodHandle WRITER = HANDLES.writer();
    private static final MethodHandle READER = HANDLES.reader();

    private static Handles handles() {
      try {
        return MethodHandles.classData(MethodHandles.lookup(), "_", Handles.class);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    void write(Object value, DataOutputView out) throws IOException {
      try {
        WRITER.invokeExact(value, out);
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) { // no other is declared by what the handles lead to
        throw new IllegalStateException(e);
      }
    }

    @Override
    Object read(DataInputView in) throws IOException {
      try {
        return READER.invokeExact(in);
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) { // as above
        throw new IllegalStateException(e);
      }
    }
  }
}
