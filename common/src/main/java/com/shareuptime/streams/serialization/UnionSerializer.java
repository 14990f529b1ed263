package com.shareuptime.streams.serialization;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of a sealed type: a tag, which is the place of the record's class in a list, then the
 * record, as its own {@link RecordSerializer} says if it has one.
 */
public abstract non-sealed class UnionSerializer<T> extends LayoutSerializer<T> {
  private final String what;
  private final Class<?>[] cases;

  /**
   * Of these classes.
   *
   * @param what a value is, for the message that says that there is none of a tag
   * @param cases all classes of values; a new one is the last
   */
  @SafeVarargs
  protected UnionSerializer(String what, Class<? extends T>... cases) {
    this.what = what;
    this.cases = cases.clone();
  }

  @Override
  final Handles layout(int layout) throws ReflectiveOperationException {
    MethodHandle isOf =
        LOOKUP.findVirtual(
            Class.class, "isInstance", MethodType.methodType(boolean.class, Object.class));
    MethodHandle writer = own("refuse", void.class, Object.class, DataOutputView.class);
    MethodHandle[] readers = new MethodHandle[cases.length];
    for (int tag = cases.length - 1; tag >= 0; tag--) {
      Handles one = handlesOfValue(cases[tag], RecordSerializer.class, layout).as(Object.class);
      writer =
          MethodHandles.guardWithTest(
              isOf.bindTo(cases[tag]),
              MethodHandles.foldArguments(one.writer(), Handles.tag().saying(tag, Object.class)),
              writer);
      readers[tag] = one.reader();
    }
    return new Handles(
        writer, Handles.chosen(own("readTag", int.class, DataInputView.class), readers));
  }

  private MethodHandle own(String method, Class<?> returned, Class<?>... taken)
      throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(UnionSerializer.class, method, MethodType.methodType(returned, List.of(taken)))
        .bindTo(this);
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // by a handle, which has an output
  private void refuse(Object value, DataOutputView out) throws IOException {
    throw new IOException("no tag is listed for the " + what + " " + value);
  }

  @SuppressWarnings("UnusedMethod") // by a handle
  private int readTag(DataInputView in) throws IOException {
    int tag = in.readByte();
    if (tag < 0 || tag >= cases.length) {
      throw new IOException("no " + what + " has the tag " + tag);
    }
    return tag;
  }
}
