package com.shareuptime.streams.embed.text;

import static com.shareuptime.streams.serialization.Layout.Form.TEXT;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The text of a post or reel after a change of its row.
 *
 * @param target {@code post} or {@code reel}
 * @param exists false after a hard delete. A row that is deleted softly keeps its vector: it may
 *     come back, and then need not tell its text
 * @param text null where the change did not carry it, as it is large and has stayed as it was
 * @param changedAt when the change was committed, epoch milliseconds
 */
public record TextRow(
    String target,
    Id id,
    RowVersion version,
    boolean exists,
    @Layout(as = TEXT) String text,
    long changedAt) {

  /** Flink's type of these rows. */
  public static final TypeInformation<TextRow> TYPE = ValueType.of(TextRow.class, new Serializer());

  /** The document, as the topic of vectors has it. */
  public String document() {
    return target + ':' + id;
  }

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<TextRow> {}
}
