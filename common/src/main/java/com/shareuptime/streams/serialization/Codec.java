package com.shareuptime.streams.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes values of one type, and reads them. Codecs are made of codecs; each is a record, whose
 * fields the JIT takes for constants when it compiles a {@link CompiledCodec}.
 */
interface Codec {
  void write(Object value, DataOutputView out) throws IOException;

  Object read(DataInputView in) throws IOException;
}
