package com.shareuptime.streams.embed.text;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

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
    String target, long id, RowVersion version, boolean exists, String text, long changedAt) {

  /** Flink's type of these rows. */
  public static final TypeInformation<TextRow> TYPE = ValueType.of(TextRow.class, new Serializer());

  /** The document, as the topic of vectors has it. */
  public String document() {
    return target + ':' + id;
  }

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<TextRow> {
    @Override
    protected void write(TextRow row, DataOutputView out) throws IOException {
      out.writeUTF(row.target);
      out.writeLong(row.id);
      row.version.write(out);
      out.writeBoolean(row.exists);
      writeBytes(row.text == null ? null : row.text.getBytes(StandardCharsets.UTF_8), out);
      out.writeLong(row.changedAt);
    }

    @Override
    protected TextRow read(DataInputView in) throws IOException {
      String target = in.readUTF();
      long id = in.readLong();
      RowVersion version = RowVersion.read(in);
      boolean exists = in.readBoolean();
      byte[] text = readBytes(in);
      return new TextRow(
          target,
          id,
          version,
          exists,
          text == null ? null : new String(text, StandardCharsets.UTF_8),
          in.readLong());
    }
  }
}
