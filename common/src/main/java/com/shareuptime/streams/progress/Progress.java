package com.shareuptime.streams.progress;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that committed in the source at or before {@code lsn} is visible on {@code surface}.
 *
 * @param lsn a WAL position as a number
 * @param beatMicros the source's time at that position, in microseconds since the epoch: stores
 *     know by it which of two is newer, as positions are lower after a server went back
 * @param snapshot number of the source's snapshot since which positions have risen
 */
public record Progress(Surface surface, long lsn, long beatMicros, long snapshot) {
  /** The Flink type. */
  public static final TypeInformation<Progress> TYPE =
      ValueType.of(Progress.class, new Serializer());

  /** Of a source whose server has never gone back. */
  public Progress(Surface surface, long lsn, long beatMicros) {
    this(surface, lsn, beatMicros, 0);
  }

  /** The position as Postgres writes it: {@code 16/B374D848}. */
  public String lsnText() {
    return new Lsn(lsn).toString();
  }

  /** Layout: version byte, the surface's name, position, time, and since 2 the snapshot. */
  public static final class Serializer extends ValueSerializer<Progress> {
    private static final int LAYOUT = 2;

    @Override
    protected void write(Progress progress, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeUTF(progress.surface().name());
      out.writeLong(progress.lsn());
      out.writeLong(progress.beatMicros());
      out.writeLong(progress.snapshot());
    }

    @Override
    protected Progress read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      return new Progress(
          Surface.valueOf(in.readUTF()),
          in.readLong(),
          in.readLong(),
          layout >= 2 ? in.readLong() : 0);
    }
  }
}
