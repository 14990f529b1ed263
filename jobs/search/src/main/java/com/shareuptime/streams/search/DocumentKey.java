package com.shareuptime.streams.search;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which post or reel. A key of Flink state, so its hash depends on its content alone.
 *
 * @param id above 0
 */
public record DocumentKey(DocumentType type, Id id) {
  /** Flink's type of these keys. */
  public static final TypeInformation<DocumentKey> TYPE =
      ValueType.ofKey(DocumentKey.class, new Serializer());

  /** As one number, which orders documents of both types; burnt into state. */
  public long number() {
    return id.number() << 1 | type.ordinal();
  }

  /** The key of a {@link #number}. */
  public static DocumentKey of(long number) {
    return new DocumentKey(DocumentType.of((int) (number & 1)), Id.of(number >> 1));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number());
  }

  /** Eight bytes. */
  public static final class Serializer extends ValueSerializer<DocumentKey> {
    @Override
    public void write(DocumentKey key, DataOutputView out) throws IOException {
      out.writeLong(key.number());
    }

    @Override
    public DocumentKey read(DataInputView in) throws IOException {
      return of(in.readLong());
    }
  }
}
