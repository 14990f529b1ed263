package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A codec that the JIT compiles as if it were written by hand: each is of a class of its own, in
 * which all that the codec is made of is a constant.
 */
abstract class CompiledCodec {
  abstract void write(Object value, DataOutputView out) throws IOException;

  abstract Object read(DataInputView in) throws IOException;

  static CompiledCodec of(Codec codec) {
    try (InputStream template =
        CompiledCodec.class.getResourceAsStream("CompiledCodec$Template.class")) {
      MethodHandles.Lookup copy =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(template.readAllBytes(), codec, true);
      return (CompiledCodec)
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) { // what a method handle throws
      throw new IllegalStateException("cannot compile " + codec, e);
    }
  }

  /** What hidden classes are copies of. */
  static final class Template extends CompiledCodec {
    private static final Codec CODEC = codec();

    private static Codec codec() {
      try {
        return MethodHandles.classData(MethodHandles.lookup(), "_", Codec.class);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    void write(Object value, DataOutputView out) throws IOException {
      CODEC.write(value, out);
    }

    @Override
    Object read(DataInputView in) throws IOException {
      return CODEC.read(in);
    }
  }
}
