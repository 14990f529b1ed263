package com.shareuptime.streams.cdc;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * From the moment that the watermark of the rows reaches {@code effectiveAt}, rows of {@code table}
 * that only older generations knew are gone.
 *
 * @param effectiveAt epoch milliseconds
 */
public record GenerationComplete(CdcTable table, long generation, long effectiveAt) {
  /** Flink's type of this news. */
  public static final TypeInformation<GenerationComplete> TYPE =
      ValueType.of(GenerationComplete.class, new Serializer());

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<GenerationComplete> {
    private static final int LAYOUT = 1;

    @Override
    public void write(GenerationComplete news, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeByte(news.table.ordinal());
      out.writeLong(news.generation);
      out.writeLong(news.effectiveAt);
    }

    @Override
    public GenerationComplete read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new GenerationComplete(CdcTable.of(in.readByte()), in.readLong(), in.readLong());
    }
  }
}
