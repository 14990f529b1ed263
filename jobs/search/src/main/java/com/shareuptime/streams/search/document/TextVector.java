package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The vector of a document's text, or that there is none any more.
 *
 * @param textHash of the text; empty if there is none
 * @param vector its floats, little-endian; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record TextVector(DocumentKey document, String textHash, byte[] vector)
    implements DocumentInput {

  /** Flink's type of this state. */
  static final TypeInformation<TextVector> TYPE = ValueType.of(TextVector.class, new Serializer());

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<TextVector> {
    private static final int LAYOUT = 1;
    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();

    @Override
    public void write(TextVector vector, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      KEY.write(vector.document, out);
      out.writeUTF(vector.textHash);
      writeBytes(vector.vector, out);
    }

    @Override
    public TextVector read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new TextVector(KEY.read(in), in.readUTF(), readBytes(in));
    }
  }
}
