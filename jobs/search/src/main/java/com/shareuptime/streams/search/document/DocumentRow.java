package com.shareuptime.streams.search.document;

import static com.shareuptime.streams.serialization.Layout.Form.TEXT;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A post or reel after a change of its row.
 *
 * @param exists false after a hard delete, which tells only the id: all but the first two and the
 *     last are empty then
 * @param deleted softly
 * @param text null where the change did not carry it, as it is large and has stayed as it was
 * @param visibility may be {@link Unlogged}
 * @param createdAt epoch microseconds
 * @param updatedAt epoch microseconds
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record DocumentRow(
    DocumentKey document,
    RowVersion version,
    boolean exists,
    boolean deleted,
    Id author,
    @Layout(as = TEXT) String text,
    String visibility,
    long createdAt,
    long updatedAt,
    long changedAt)
    implements DocumentInput {

  /** Whose a document is without a row. */
  public static final Id NOBODY = Id.of(0);

  /** Flink's type of these rows. */
  public static final TypeInformation<DocumentRow> TYPE =
      ValueType.of(DocumentRow.class, new Serializer());

  /** A document without a row: any row is newer. */
  static DocumentRow gone(DocumentKey document, long changedAt) {
    RowVersion before = new RowVersion(0, 0);
    return new DocumentRow(document, before, false, false, NOBODY, "", "", 0, 0, changedAt);
  }

  /** Whether readers may find it, as far as its own row says. */
  boolean isShown() {
    return exists && !deleted;
  }

  /** With what the change did not carry, as it has stayed as it was. */
  DocumentRow completedBy(DocumentRow before) {
    if (text != null && !Unlogged.is(visibility)) {
      return this;
    }
    return of(text == null ? before.text : text, Unlogged.or(visibility, before.visibility));
  }

  private DocumentRow of(String someText, String someVisibility) {
    return new DocumentRow(
        document,
        version,
        exists,
        deleted,
        author,
        someText,
        someVisibility,
        createdAt,
        updatedAt,
        changedAt);
  }

  /** Whether all of it is known. */
  boolean isWhole() {
    return text != null && !Unlogged.is(visibility);
  }

  /** Layout between subtasks and in state. */
  @InState(newest = 2)
  public static final class Serializer extends RecordSerializer<DocumentRow> {

    /** Layout 1 had another placeholder for a visibility that is not known. */
    @Override
    protected DocumentRow restored(DocumentRow row, int layout) {
      return layout > 1 ? row : row.of(row.text, Unlogged.ofEarlierState(row.visibility));
    }
  }
}
