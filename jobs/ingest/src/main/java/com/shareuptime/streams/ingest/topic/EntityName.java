package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import java.util.Locale;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The name of an entity in state: in capitals, as earlier builds had constants. */
public final class EntityName extends ValueSerializer<String> {
  @Override
  protected void write(String name, DataOutputView out) throws IOException {
    out.writeUTF(name.toUpperCase(Locale.ROOT));
  }

  @Override
  protected String read(DataInputView in) throws IOException {
    return in.readUTF().toLowerCase(Locale.ROOT);
  }
}
