package com.shareuptime.streams.embed.vector;

import static com.shareuptime.streams.serialization.Layout.Form.TEXT;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import com.shareuptime.streams.vector.TextHash;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is known of a document: which vector the topic has of it, and what is still to be done.
 * Immutable.
 *
 * @param version of the newest row, or the one that the topic's vector is of
 * @param textHash of the vector in the topic; null if there is none; {@link #DOUBTED} if another
 *     may be there
 * @param model of that vector; null if there is none
 * @param waiting the text whose vector is still to be computed or found in the topic; empty if the
 *     document is to have none any more; null if nothing is to be done
 * @param goneSince when its row was deleted, epoch milliseconds; 0 while it is there
 */
record TextState(
    RowVersion version,
    @Layout(as = TEXT) String textHash,
    @Layout(as = TEXT) String model,
    @Layout(as = TEXT) String waiting,
    long goneSince) {

  /** Flink's type of this state. */
  static final TypeInformation<TextState> TYPE = ValueType.of(TextState.class, new Serializer());

  /**
   * Of no text: a run that failed may have written the vector of a text that was replaced since.
   */
  private static final String DOUBTED = "";

  static final TextState EMPTY = new TextState(new RowVersion(0, 0), null, null, null, 0);

  boolean isNewerThan(RowVersion other) {
    return version.compareTo(other) > 0;
  }

  /** After a change of the row. Whether its text is another is left to {@link #isDone}. */
  TextState changed(TextRow row) {
    String text = row.exists() ? row.text() : "";
    String then = text == null ? waiting : text.isBlank() ? "" : text;
    return new TextState(row.version(), textHash, model, then, row.exists() ? 0 : row.changedAt());
  }

  /**
   * After a change of the row before the vector of the text that waits is known to be written. A
   * run that failed, and that knew nothing of the change, may have written it: what the topic has
   * is not trusted until something has been written again.
   */
  TextState replaced(TextRow row) {
    TextState after = changed(row);
    return waiting == null || waiting.equals(after.waiting)
        ? after
        : new TextState(after.version, DOUBTED, null, after.waiting, after.goneSince);
  }

  /** After a record of the topic, the last of which counts. */
  TextState found(KnownVector known) {
    if (DOUBTED.equals(textHash)) {
      return this; // a run that failed may have written another since
    }
    boolean newer = known.asOf() != null && known.asOf().compareTo(version) > 0;
    return new TextState(
        newer ? known.asOf() : version, known.textHash(), known.model(), waiting, goneSince);
  }

  /** Whether the topic has by now what it is to have. */
  boolean isDone(String currentModel) {
    if (waiting == null) {
      return true;
    }
    return waiting.isEmpty()
        ? textHash == null
        : currentModel.equals(model) && TextHash.of(waiting).equals(textHash);
  }

  TextState done() {
    return new TextState(version, textHash, model, null, goneSince);
  }

  /** The topic has a vector of what was waiting. */
  TextState written(String hash, String currentModel) {
    return new TextState(version, hash, currentModel, null, goneSince);
  }

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<TextState> {}
}
