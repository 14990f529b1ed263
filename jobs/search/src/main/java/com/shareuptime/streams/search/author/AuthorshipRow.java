package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.DocumentRow;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Whose a document is after a change of its row.
 *
 * @param author {@link DocumentRow#NOBODY} if the row is gone: a delete does not say whose it was
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record AuthorshipRow(DocumentKey document, RowVersion version, Id author, long changedAt) {
  /** Flink's type of these rows. */
  public static final TypeInformation<AuthorshipRow> TYPE =
      ValueType.of(AuthorshipRow.class, new Serializer());

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<AuthorshipRow> {}
}
