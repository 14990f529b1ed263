package com.shareuptime.streams.search.document;

import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;

/**
 * The author as the document has to show them.
 *
 * @param asOf version of the row that made them the author, in the answer to it; null if they have
 *     changed since, which means nothing to a document that does not know them by such an answer
 */
public record AuthorSnapshot(
    DocumentKey document, AuthorRow author, @Layout(as = OPTIONAL) RowVersion asOf)
    implements DocumentInput {

  /** Layout between subtasks; state never keeps it. */
  static final class Serializer extends RecordSerializer<AuthorSnapshot> {}
}
