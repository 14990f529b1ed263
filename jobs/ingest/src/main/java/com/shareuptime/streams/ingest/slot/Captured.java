package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What the slot's source hands on: a row of the snapshot or a change, or the start of the stream,
 * which says that the snapshot is complete and delivered. The stream starts once a run, before its
 * first change.
 *
 * @param change null for the start of the stream
 */
public record Captured(SourceRecord change) {

  /** Flink's type of these values, which never leave the chain of operators. */
  public static final TypeInformation<Captured> TYPE =
      ValueType.of(Captured.class, new NeverSerialized());

  static Captured change(SourceRecord change) {
    return new Captured(change);
  }

  static Captured streamStart() {
    return new Captured(null);
  }

  /** Whether this is the start of the stream. */
  public boolean isStreamStart() {
    return change == null;
  }

  /** Stands where Flink wants a serializer, and fails when the chain has been broken. */
  public static final class NeverSerialized extends ValueSerializer<Captured> {
    private static final String BROKEN =
        "the operators of ingest must stay chained: a shuffle would lose the order of changes";

    @Override
    protected void write(Captured value, DataOutputView out) throws IOException {
      throw new IOException(BROKEN);
    }

    @Override
    protected Captured read(DataInputView in) throws IOException {
      throw new IOException(BROKEN);
    }
  }
}
