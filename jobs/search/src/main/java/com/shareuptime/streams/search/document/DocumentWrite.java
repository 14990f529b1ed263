package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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
    return "%s %s, version %d: %s"
        .formatted(
            document.type().target(),
            document.id(),
            version,
            json == null ? "removal" : new String(json, StandardCharsets.UTF_8));
  }

  /** Layout in the state of a sink. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<DocumentWrite> {}
}
