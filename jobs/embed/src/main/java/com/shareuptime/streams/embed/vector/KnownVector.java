package com.shareuptime.streams.embed.vector;

import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the topic of vectors had of a document at the start.
 *
 * @param document such as {@code post:42}
 * @param textHash null if it says that there is no vector; then model and version are null too
 */
public record KnownVector(
    String document,
    @Layout(as = OPTIONAL) String textHash,
    @Layout(as = OPTIONAL) String model,
    @Layout(as = OPTIONAL) RowVersion asOf) {

  /** Flink's type of these. */
  public static final TypeInformation<KnownVector> TYPE =
      ValueType.of(KnownVector.class, new Serializer());

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<KnownVector> {}
}
