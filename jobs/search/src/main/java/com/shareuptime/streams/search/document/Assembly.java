package com.shareuptime.streams.search.document;

import com.shareuptime.streams.search.document.DocumentInput.Counts;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is kept of a document beside its row, which may be large and changes seldom. Immutable.
 *
 * @param author null while unknown
 * @param counts the newest
 * @param written the counts that were written last
 * @param writtenAt when that was, epoch milliseconds
 * @param waitingSince the first change of counts that is not written, epoch milliseconds
 * @param timer the time in epoch milliseconds at which counts are looked at again
 * @param dirty whether it is to be written as soon as the gate lets it through
 */
record Assembly(
    AuthorRow author,
    Counts counts,
    Counts written,
    long writtenAt,
    long waitingSince,
    long timer,
    boolean dirty) {

  /** Flink's type of this state. */
  static final TypeInformation<Assembly> TYPE = ValueType.of(Assembly.class, new Serializer());

  static final Assembly EMPTY =
      new Assembly(null, Counts.NONE, Counts.NONE, 0, 0, CountPace.NEVER, false);

  Assembly author(AuthorRow now) {
    return new Assembly(now, counts, written, writtenAt, waitingSince, timer, dirty);
  }

  Assembly counts(Counts now, long time) {
    long since = waitingSince == 0 ? time : waitingSince;
    return new Assembly(author, now, written, writtenAt, since, timer, dirty);
  }

  Assembly timer(long at) {
    return new Assembly(author, counts, written, writtenAt, waitingSince, at, dirty);
  }

  Assembly toWrite() {
    return new Assembly(author, counts, written, writtenAt, waitingSince, timer, true);
  }

  /** What counts were written is unknown: they are written again at {@code at}. */
  Assembly uncounted(long at) {
    return new Assembly(author, counts, Counts.UNKNOWN, 0, at, at, dirty);
  }

  /** All of it is written. */
  Assembly written(long at) {
    return new Assembly(author, counts, counts, at, 0, timer, false);
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<Assembly> {
    private static final int LAYOUT = 1;
    private static final AuthorRow.Serializer AUTHOR = new AuthorRow.Serializer();

    @Override
    protected void write(Assembly assembly, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeBoolean(assembly.author != null);
      if (assembly.author != null) {
        AUTHOR.write(assembly.author, out);
      }
      writeCounts(assembly.counts, out);
      writeCounts(assembly.written, out);
      out.writeLong(assembly.writtenAt);
      out.writeLong(assembly.waitingSince);
      out.writeLong(assembly.timer);
      out.writeBoolean(assembly.dirty);
    }

    @Override
    protected Assembly read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new Assembly(
          in.readBoolean() ? AUTHOR.read(in) : null,
          readCounts(in),
          readCounts(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readBoolean());
    }

    private static void writeCounts(Counts counts, DataOutputView out) throws IOException {
      out.writeLong(counts.likes());
      out.writeLong(counts.comments());
      out.writeLong(counts.shares());
      out.writeLong(counts.version());
    }

    private static Counts readCounts(DataInputView in) throws IOException {
      return new Counts(null, in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
  }
}
