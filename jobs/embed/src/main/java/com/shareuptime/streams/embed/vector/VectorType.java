package com.shareuptime.streams.embed.vector;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import com.shareuptime.streams.vector.DocumentVector;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Vectors on their way to the topic, as they are there; also those that a checkpoint holds unsent.
 */
public final class VectorType extends ValueSerializer<DocumentVector> {
  /** Flink's type of vectors. */
  public static final TypeInformation<DocumentVector> TYPE =
      ValueType.of(DocumentVector.class, new VectorType());

  @Override
  protected void write(DocumentVector vector, DataOutputView out) throws IOException {
    writeBytes(vector.key(), out);
    writeBytes(vector.value(), out);
  }

  @Override
  protected DocumentVector read(DataInputView in) throws IOException {
    return DocumentVector.parse(readBytes(in), readBytes(in));
  }
}
