package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A whole document, or its removal.
 *
 * @param version the index keeps the highest
 * @param json null to remove it
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record DocumentWrite(DocumentKey document, long version, byte[] json) {
  /** Flink's type of these writes. */
  public static final TypeInformation<DocumentWrite> TYPE =
      ValueType.of(DocumentWrite.class, new Serializer());

  /** As it is found in the dead letters. */
  @Override
  public String toString() {
    return "%s %d, version %d: %s"
        .formatted(
            document.type().target(),
            document.id(),
            version,
            json == null ? "removal" : new String(json, StandardCharsets.UTF_8));
  }

  /** Layout in the state of a sink: a version byte first. */
  public static final class Serializer extends ValueSerializer<DocumentWrite> {
    private static final int LAYOUT = 1;
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();

    @Override
    protected void write(DocumentWrite write, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      KEY.write(write.document, out);
      out.writeLong(write.version);
      writeBytes(write.json, out);
    }

    @Override
    protected DocumentWrite read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new DocumentWrite(KEY.read(in), in.readLong(), readBytes(in));
    }
  }
}
