package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint knows of the server that it was read from, so that a later start notices if the
 * server has gone back.
 *
 * @param system the server's own number
 * @param timeline the timeline of its log
 * @param position the last commit that was read, as an LSN
 * @param beat the LSN in the last heartbeat that was read: a server that went back and has written
 *     since shows an older one
 */
public record SeenServer(long system, long timeline, long position, long beat) {

  /** Flink's type of these values. */
  public static final TypeInformation<SeenServer> TYPE =
      ValueType.of(SeenServer.class, new Serializer());

  /** The same server, read further. */
  public SeenServer readTo(long commit, long lastBeat) {
    return new SeenServer(system, timeline, Math.max(position, commit), Math.max(beat, lastBeat));
  }

  /** The layout in state. */
  public static final class Serializer extends ValueSerializer<SeenServer> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(SeenServer seen, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeLong(seen.system);
      out.writeLong(seen.timeline);
      out.writeLong(seen.position);
      out.writeLong(seen.beat);
    }

    @Override
    protected SeenServer read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new SeenServer(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
  }
}
