package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<SeenServer> {}
}
