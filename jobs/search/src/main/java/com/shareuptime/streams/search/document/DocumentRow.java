package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

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
    long author,
    String text,
    String visibility,
    long createdAt,
    long updatedAt,
    long changedAt)
    implements DocumentInput {

  /** Flink's type of these rows. */
  public static final TypeInformation<DocumentRow> TYPE =
      ValueType.of(DocumentRow.class, new Serializer());

  /** A document without a row: any row is newer. */
  static DocumentRow gone(DocumentKey document, long changedAt) {
    RowVersion before = new RowVersion(0, 0);
    return new DocumentRow(document, before, false, false, 0, "", "", 0, 0, changedAt);
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
    return new DocumentRow(
        document,
        version,
        exists,
        deleted,
        author,
        text == null ? before.text : text,
        Unlogged.or(visibility, before.visibility),
        createdAt,
        updatedAt,
        changedAt);
  }

  /** Whether all of it is known. */
  boolean isWhole() {
    return text != null && !Unlogged.is(visibility);
  }

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<DocumentRow> {
    /** 2: another placeholder for a visibility that is not known. */
    private static final int LAYOUT = 2;

    private static final DocumentKey.Serializer KEY = new DocumentKey.Serializer();

    @Override
    public void write(DocumentRow row, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      KEY.write(row.document, out);
      row.version.write(out);
      out.writeBoolean(row.exists);
      out.writeBoolean(row.deleted);
      out.writeLong(row.author);
      // not as UTF, which ends at 64 KiB
      writeBytes(row.text == null ? null : row.text.getBytes(StandardCharsets.UTF_8), out);
      out.writeUTF(row.visibility);
      out.writeLong(row.createdAt);
      out.writeLong(row.updatedAt);
      out.writeLong(row.changedAt);
    }

    @Override
    public DocumentRow read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      DocumentKey document = KEY.read(in);
      RowVersion version = RowVersion.read(in);
      boolean exists = in.readBoolean();
      boolean deleted = in.readBoolean();
      long author = in.readLong();
      byte[] text = readBytes(in);
      return new DocumentRow(
          document,
          version,
          exists,
          deleted,
          author,
          text == null ? null : new String(text, StandardCharsets.UTF_8),
          layout == 1 ? Unlogged.ofEarlierState(in.readUTF()) : in.readUTF(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }
}
