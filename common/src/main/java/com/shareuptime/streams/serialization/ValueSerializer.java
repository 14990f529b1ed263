package com.shareuptime.streams.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of an immutable value in a layout that is ours, so that no value ever falls to a
 * generic one. A record is best laid out by a {@link RecordSerializer} and a sealed type by a
 * {@link UnionSerializer}; what is packed closer is written by hand. Subclasses have a public
 * constructor without arguments; a layout that is kept in state starts with a version byte, so that
 * a later build can still read it.
 */
public abstract class ValueSerializer<T> extends TypeSerializer<T> {

  /** Writes {@code value}, which is never null. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads what {@link #write} has written, in this build or an earlier one. */
  protected abstract T read(DataInputView in) throws IOException;

  /**
   * Reads the version byte that begins a layout kept in state.
   *
   * @param newest the layout that this build writes; it reads that and all before
   * @throws IOException if a newer build has written it
   */
  protected final int readLayout(DataInputView in, int newest) throws IOException {
    int layout = in.readByte();
    if (layout < 1 || layout > newest) {
      throw new IOException(
          "%s finds state of layout %d; this build knows 1 to %d: start the build that wrote it, or a newer one"
              .formatted(getClass().getName(), layout, newest));
    }
    return layout;
  }

  /** Whether this reads what a serializer of another class has left in state. */
  protected boolean readsStateOf(TypeSerializerSnapshot<?> before) {
    return false;
  }

  /** Writes bytes that may be null. */
  protected static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /** Reads what {@link #writeBytes} has written. */
  protected static byte[] readBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    write(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return read(in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    write(read(source), target);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new ValueSerializerSnapshot<>(this);
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
