package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Who is the author of a document.
 *
 * @param author {@link DocumentRow#NOBODY} if nobody, as the document is gone
 * @param asOf version of the newest row that says so
 * @param goneAt when the row went, epoch milliseconds; 0 while it is there
 */
record Authorship(Id author, RowVersion asOf, long goneAt) {
  /** Older than any row. */
  static final RowVersion NO_ROW = new RowVersion(0, 0);

  /** Flink's type of this state. */
  static final TypeInformation<Authorship> TYPE = ValueType.of(Authorship.class, new Serializer());

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<Authorship> {}
}
