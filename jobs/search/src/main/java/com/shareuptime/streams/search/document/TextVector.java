package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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

  /** Layout between subtasks and in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<TextVector> {}
}
