package com.shareuptime.streams.search;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which post or reel. A key of Flink state, so its hash depends on its content alone.
 *
 * @param id above 0, if it is a number
 */
public record DocumentKey(DocumentType type, Id id) {
  /** Flink's type of these keys. */
  public static final TypeInformation<DocumentKey> TYPE =
      ValueType.ofKey(DocumentKey.class, new Serializer());

  /**
   * As one number, which orders documents of both types; burnt into state.
   *
   * @throws UnsupportedOperationException if the id is no number
   */
  public long number() {
    return id.number() << 1 | type.ordinal();
  }

  /** The key of a {@link #number}. */
  public static DocumentKey of(long number) {
    return new DocumentKey(DocumentType.of((int) (number & 1)), Id.of(number >>> 1));
  }

  /** Its {@link #number}, or as many bits of another's hash; burnt into state. */
  public long bits() {
    return id.bits() << 1 | type.ordinal();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits());
  }

  /** Eight bytes, of a number above 0. Of 0, which no row has, they say that another follows. */
  public static final class Serializer extends ValueSerializer<DocumentKey> {
    private static final IdSerializer IDS = new IdSerializer();

    @Override
    public void write(DocumentKey key, DataOutputView out) throws IOException {
      if (key.id.isNumber() && key.id.isPositive()) {
        out.writeLong(key.number());
      } else {
        out.writeLong(key.type.ordinal());
        IDS.serialize(key.id, out);
      }
    }

    @Override
    public DocumentKey read(DataInputView in) throws IOException {
      long number = in.readLong();
      return number >>> 1 == 0
          ? new DocumentKey(DocumentType.of((int) number), IDS.deserialize(in))
          : of(number);
    }
  }
}
