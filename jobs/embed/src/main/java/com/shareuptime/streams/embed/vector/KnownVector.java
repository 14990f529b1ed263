package com.shareuptime.streams.embed.vector;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the topic of vectors had of a document at the start.
 *
 * @param document such as {@code post:42}
 * @param textHash null if it says that there is no vector; then model and version are null too
 */
public record KnownVector(String document, String textHash, String model, RowVersion asOf) {

  /** Flink's type of these. */
  public static final TypeInformation<KnownVector> TYPE =
      ValueType.of(KnownVector.class, new Serializer());

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<KnownVector> {
    @Override
    protected void write(KnownVector known, DataOutputView out) throws IOException {
      out.writeUTF(known.document);
      out.writeBoolean(known.textHash != null);
      if (known.textHash != null) {
        out.writeUTF(known.textHash);
        out.writeUTF(known.model);
        known.asOf.write(out);
      }
    }

    @Override
    protected KnownVector read(DataInputView in) throws IOException {
      String document = in.readUTF();
      return in.readBoolean()
          ? new KnownVector(document, in.readUTF(), in.readUTF(), RowVersion.read(in))
          : new KnownVector(document, null, null, null);
    }
  }
}
