package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Who is the author of a document.
 *
 * @param author 0 if nobody, as the document is gone
 * @param asOf version of the newest row that says so
 * @param goneAt when the row went, epoch milliseconds; 0 while it is there
 */
record Authorship(long author, RowVersion asOf, long goneAt) {
  /** Older than any row. */
  static final RowVersion NO_ROW = new RowVersion(0, 0);

  /** Flink's type of this state. */
  static final TypeInformation<Authorship> TYPE = ValueType.of(Authorship.class, new Serializer());

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<Authorship> {
    private static final int LAYOUT = 1;

    @Override
    protected void write(Authorship authorship, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeLong(authorship.author);
      authorship.asOf.write(out);
      out.writeLong(authorship.goneAt);
    }

    @Override
    protected Authorship read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new Authorship(in.readLong(), RowVersion.read(in), in.readLong());
    }
  }
}
