package com.shareuptime.streams.search.document;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A user after a change of the row. A text may be {@link Unlogged}: then nobody knows it.
 *
 * @param active false if deactivated or gone: then readers find none of the documents
 * @param avatarUrl may be null
 */
public record AuthorRow(
    long author,
    RowVersion version,
    boolean active,
    String username,
    String displayName,
    String avatarUrl,
    boolean verified) {

  /** Flink's type of these rows. */
  public static final TypeInformation<AuthorRow> TYPE =
      ValueType.of(AuthorRow.class, new Serializer());

  /** With what the change did not carry, as it has stayed as it was. */
  public AuthorRow completedBy(AuthorRow before) {
    return new AuthorRow(
        author,
        version,
        active,
        Unlogged.or(username, before.username),
        Unlogged.or(displayName, before.displayName),
        Unlogged.or(avatarUrl, before.avatarUrl),
        verified);
  }

  /** Whether all that a document cannot do without is known. */
  public boolean isNamed() {
    return !Unlogged.is(username) && !Unlogged.is(displayName);
  }

  /** The picture that documents show: none if it is not known. */
  String shownAvatarUrl() {
    return Unlogged.or(avatarUrl, null);
  }

  /** Whether documents show the other just as this one. */
  public boolean looksLike(AuthorRow other) {
    return other != null
        && active == other.active
        && verified == other.verified
        && username.equals(other.username)
        && displayName.equals(other.displayName)
        && Objects.equals(avatarUrl, other.avatarUrl);
  }

  /** Layout between subtasks and in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<AuthorRow> {
    /** 2: another placeholder for a text that is not known. */
    private static final int LAYOUT = 2;

    @Override
    public void write(AuthorRow row, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeLong(row.author);
      row.version.write(out);
      out.writeBoolean(row.active);
      writeText(row.username, out);
      writeText(row.displayName, out);
      writeText(row.avatarUrl, out);
      out.writeBoolean(row.verified);
    }

    @Override
    public AuthorRow read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      return new AuthorRow(
          in.readLong(),
          RowVersion.read(in),
          in.readBoolean(),
          readText(in, layout),
          readText(in, layout),
          readText(in, layout),
          in.readBoolean());
    }

    private static void writeText(String text, DataOutputView out) throws IOException {
      writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(DataInputView in, int layout) throws IOException {
      byte[] bytes = readBytes(in);
      String text = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
      return layout == 1 ? Unlogged.ofEarlierState(text) : text;
    }
  }
}
