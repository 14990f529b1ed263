package com.shareuptime.streams.sink;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How far the writes of one writer had come when its store confirmed them. A store that holds less
 * went back in time.
 *
 * @param writer one start of one writing subtask
 * @param sequence of its batches the last that was confirmed
 * @param lost whether the store has held less since, and that was not made good
 */
public record StoreMark(String writer, long sequence, boolean lost) {

  /** Flink's type of these marks. */
  public static final TypeInformation<StoreMark> TYPE =
      ValueType.of(StoreMark.class, new Serializer());

  /** Layout: version byte, writer, sequence, lost. */
  public static final class Serializer extends ValueSerializer<StoreMark> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(StoreMark mark, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeUTF(mark.writer);
      out.writeLong(mark.sequence);
      out.writeBoolean(mark.lost);
    }

    @Override
    protected StoreMark read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new StoreMark(in.readUTF(), in.readLong(), in.readBoolean());
    }
  }
}
