package com.shareuptime.streams.deadletter;

import com.shareuptime.streams.serialization.ValueSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout: version byte, value, key (length -1: none), then the rest in the order of the record. */
public final class DeadLetterSerializer extends ValueSerializer<DeadLetter> {
  private static final int LAYOUT = 1;

  @Override
  protected void write(DeadLetter letter, DataOutputView out) throws IOException {
    out.writeByte(LAYOUT);
    writeBytes(letter.value(), out);
    writeBytes(letter.key(), out);
    out.writeUTF(letter.reason());
    out.writeUTF(letter.job());
    out.writeUTF(letter.topic());
    out.writeInt(letter.partition());
    out.writeLong(letter.offset());
    out.writeLong(letter.failedAt());
    out.writeUTF(letter.detail());
  }

  @Override
  protected DeadLetter read(DataInputView in) throws IOException {
    readLayout(in, LAYOUT);
    return new DeadLetter(
        readBytes(in),
        readBytes(in),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readUTF());
  }
}
