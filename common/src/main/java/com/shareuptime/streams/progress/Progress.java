package com.shareuptime.streams.progress;

import static com.shareuptime.streams.serialization.Layout.Form.NAME;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * All that committed in the source at or before {@code lsn} is visible on {@code surface}.
 *
 * @param lsn a WAL position as a number
 * @param beatMicros the source's time at that position, in microseconds since the epoch: stores
 *     know by it which of two is newer, as positions are lower after a server went back
 * @param snapshot number of the source's snapshot since which positions have risen
 */
public record Progress(
    @Layout(as = NAME) Surface surface,
    long lsn,
    long beatMicros,
    @Layout(since = 2) long snapshot) {
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

  /** Layout in state. */
  @InState(newest = 2)
  public static final class Serializer extends RecordSerializer<Progress> {}
}
